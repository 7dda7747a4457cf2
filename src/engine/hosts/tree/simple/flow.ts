/** Collections between brackets: YAML 1.2.2, chapter 7.4. */
import type { Tree, TreeEntry } from '../tree';
import { itemOfList } from '../yaml-tree';
import {
  behindIndent,
  behindLine,
  behindSpaces,
  type Cursor,
  isBlank,
  isLineEnd,
  NOT_SIMPLE,
  skipSpaces,
} from './cursor';
import { emptyTree, type FlowScalar, keyOf, readFlowScalar, scalarTree } from './flow-scalar';
import { isSign } from './plain';
import { readProperties } from './properties';

const MAX_DEPTH = 50;

/** What stands between two brackets, and how deep. */
interface Within {
  /** The column of the collection around it: its lines stand further in. */
  readonly column: number;
  readonly depth: number;
}

/** @param column of the collection around it: its lines stand further in */
export function readFlow(cursor: Cursor, column: number, tag: string | undefined, depth = 0): Tree {
  const { text, at: start } = cursor;
  if (depth > MAX_DEPTH) throw NOT_SIMPLE;
  const isMap = text.charAt(start) === '{';
  const close = isMap ? '}' : ']';
  const within = { column, depth };
  const items: Tree[] = [];
  const entries: TreeEntry[] = [];
  cursor.at++;
  for (;;) {
    skipBlanks(cursor, within);
    if (text.charAt(cursor.at) === close) break;
    if (isMap) readEntry(cursor, within, entries);
    else {
      cursor.anchors.values++;
      items.push(readItem(cursor, within, items.length === 0));
    }
    skipBlanks(cursor, within);
    if (text.charAt(cursor.at) === ',') cursor.at++;
    else if (text.charAt(cursor.at) !== close) throw NOT_SIMPLE;
  }
  cursor.at++;
  const range = { start, end: cursor.at };
  return isMap ? { kind: 'map', range, tag, entries } : { kind: 'list', range, tag, items };
}

/** Goes on to what is neither blank nor a comment. */
function skipBlanks(cursor: Cursor, { column, depth }: Within): void {
  const { text } = cursor;
  skipSpaces(cursor);
  if (!isLineEnd(text, cursor.at) && text.charAt(cursor.at) !== '#') return;
  let lineStart = cursor.at;
  while (cursor.at < text.length && (isLineEnd(text, cursor.at) || text.charAt(cursor.at) === '#')) {
    lineStart = behindLine(text, cursor.at);
    cursor.at = behindSpaces(text, lineStart);
  }
  const indent = behindIndent(text, lineStart) - lineStart;
  if (indent > column) return;
  // The last bracket may stand in the column of the key.
  if (indent < column || depth > 0 || !/[\]}]/.test(text.charAt(cursor.at))) throw NOT_SIMPLE;
}

/** A key and its value; nothing where it has none. */
function readEntry(cursor: Cursor, within: Within, entries: TreeEntry[]): void {
  const { text } = cursor;
  // A key that is no scalar: `{{ name }}`.
  const scalar = /[[{]/.test(text.charAt(cursor.at)) ? undefined : readFlowScalar(cursor, true, within.column);
  if (!scalar) readFlow(cursor, within.column, undefined, within.depth + 1);
  skipBlanks(cursor, within);
  if (isEnd(cursor)) return;
  if (!scalar || !isColon(cursor, scalar.isQuoted)) throw NOT_SIMPLE;
  cursor.anchors.add(entries, entryOf(cursor, within, scalar).entry);
}

function isColon({ text, at }: Cursor, isBehindQuotes: boolean): boolean {
  return text.charAt(at) === ':' && (isBehindQuotes || isBlank(text, at + 1) || isSign(text.charAt(at + 1)));
}

function isEnd({ text, at }: Cursor): boolean {
  return /[,\]}]/.test(text.charAt(at));
}

interface Entry {
  readonly entry: TreeEntry;
  /** Behind its value, or the alias. */
  readonly end: number;
}

/** Reads what stands behind the colon of a key. */
function entryOf(cursor: Cursor, within: Within, scalar: FlowScalar): Entry {
  const key = keyOf(scalar);
  cursor.anchors.values++;
  cursor.at++;
  skipSpaces(cursor);
  let { at: empty } = cursor;
  skipBlanks(cursor, within);
  const { tag, anchor } = readProperties(cursor);
  if (anchor !== undefined) throw NOT_SIMPLE;
  if (tag !== undefined) {
    empty = cursor.at;
    skipBlanks(cursor, within);
  }
  if (isEnd(cursor)) return { entry: { ...key, value: emptyTree(cursor.text, empty, tag) }, end: empty };
  const value = readValue(cursor, within, tag);
  return { entry: { ...key, value }, end: cursor.at };
}

/** An item of a list: a value, or a key and its value without braces. */
function readItem(cursor: Cursor, within: Within, isFirst: boolean): Tree {
  const { text } = cursor;
  if (text.charAt(cursor.at) === '*') {
    const target = cursor.anchors.alias(cursor);
    skipBlanks(cursor, within);
    // Behind an alias no colon may stand.
    if (!isEnd(cursor)) throw NOT_SIMPLE;
    return target;
  }
  return itemOfList(readOwnItem(cursor, within), text, false, isFirst);
}

function readOwnItem(cursor: Cursor, within: Within): Tree {
  const { text } = cursor;
  const { tag, anchor } = readProperties(cursor);
  if (anchor !== undefined) throw NOT_SIMPLE;
  if (tag !== undefined) skipBlanks(cursor, within);
  const first = text.charAt(cursor.at);
  if (first === '[' || first === '{') return readFlow(cursor, within.column, tag, within.depth + 1);
  const scalar = readFlowScalar(cursor, true, within.column);
  skipBlanks(cursor, within);
  if (isEnd(cursor)) return scalarTree(text, scalar, tag);
  if (tag !== undefined || !isColon(cursor, scalar.isQuoted)) throw NOT_SIMPLE;
  const entries: TreeEntry[] = [];
  const { entry, end } = entryOf(cursor, within, scalar);
  cursor.anchors.add(entries, entry);
  return { kind: 'map', range: { start: scalar.range.start, end }, tag: undefined, entries };
}

function readValue(cursor: Cursor, within: Within, tag: string | undefined): Tree {
  const first = cursor.text.charAt(cursor.at);
  if (first === '*' && tag === undefined) return cursor.anchors.alias(cursor);
  if (first === '[' || first === '{') return readFlow(cursor, within.column, tag, within.depth + 1);
  return scalarTree(cursor.text, readFlowScalar(cursor, true, within.column), tag);
}
