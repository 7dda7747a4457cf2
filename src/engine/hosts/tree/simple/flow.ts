/** Collections between brackets: YAML 1.2.2, chapter 7.4. */
import type { Tree, TreeEntry } from '../tree';
import { itemOfList, yamlScalar } from '../yaml-tree';
import { type Cursor, isBlank, isLineEnd, NOT_SIMPLE, skipSpaces } from './cursor';
import { readPlain, readQuoted, resolved, type Flat } from './scalars';
import { readTag } from './tag';

const MAX_DEPTH = 50;

/** @param parentIndent the column of the collection around it: its lines stand further in */
export function readFlow(cursor: Cursor, parentIndent: number, tag: string | undefined, depth = 0): Tree {
  const { text, at: start } = cursor;
  if (depth > MAX_DEPTH) throw NOT_SIMPLE;
  const isMap = text.charAt(start) === '{';
  const close = isMap ? '}' : ']';
  const items: Tree[] = [];
  const entries: TreeEntry[] = [];
  cursor.at++;
  for (;;) {
    skipBlanks(cursor, parentIndent);
    if (text.charAt(cursor.at) === close) break;
    if (isMap) entries.push(readEntry(cursor, parentIndent, depth));
    else items.push(itemOfList(readValue(cursor, parentIndent, depth), text, false, items.length === 0));
    skipBlanks(cursor, parentIndent);
    if (text.charAt(cursor.at) === ',') cursor.at++;
    else if (text.charAt(cursor.at) !== close) throw NOT_SIMPLE;
  }
  cursor.at++;
  const range = { start, end: cursor.at };
  return isMap ? { kind: 'map', range, tag, entries } : { kind: 'list', range, tag, items };
}

function skipBlanks(cursor: Cursor, parentIndent: number): void {
  const { text } = cursor;
  skipSpaces(cursor);
  while (text.charAt(cursor.at) === '\n') {
    const lineStart = cursor.at + 1;
    cursor.at = lineStart;
    skipSpaces(cursor);
    if (!isLineEnd(text, cursor.at) && cursor.at - lineStart <= parentIndent) throw NOT_SIMPLE;
  }
}

function readEntry(cursor: Cursor, parentIndent: number, depth: number): TreeEntry {
  const { text, at: start } = cursor;
  const isQuoted = text.charAt(start) === '"' || text.charAt(start) === "'";
  const { value, end }: Flat = isQuoted ? readQuoted(text, start) : readPlain(text, start, true);
  cursor.at = end;
  skipSpaces(cursor);
  if (text.charAt(cursor.at) !== ':' || (!isQuoted && !isBlank(text, cursor.at + 1))) throw NOT_SIMPLE;
  cursor.at++;
  skipBlanks(cursor, parentIndent);
  const key = isQuoted ? value : String(resolved(value));
  if (key === '<<') throw NOT_SIMPLE;
  return { key, keyRange: { start, end }, value: readValue(cursor, parentIndent, depth) };
}

function readValue(cursor: Cursor, parentIndent: number, depth: number): Tree {
  const { text } = cursor;
  const tag = readTag(cursor);
  if (tag !== undefined) skipBlanks(cursor, parentIndent);
  const { at: start } = cursor;
  const first = text.charAt(start);
  if (first === '[' || first === '{') return readFlow(cursor, parentIndent, tag, depth + 1);
  const isQuoted = first === '"' || first === "'";
  const { value, end } = isQuoted ? readQuoted(text, start) : readPlain(text, start, true);
  cursor.at = end;
  skipBlanks(cursor, parentIndent);
  // A key without braces, or a plain scalar that goes on.
  if (text.charAt(cursor.at) !== ',' && text.charAt(cursor.at) !== ']' && text.charAt(cursor.at) !== '}')
    throw NOT_SIMPLE;
  const range = { start, end };
  if (isQuoted) return yamlScalar(text, { range, tag, value }, first === '"' ? 'double' : 'single');
  return yamlScalar(text, { range, tag, value: tag === undefined ? resolved(value) : value }, 'plain');
}
