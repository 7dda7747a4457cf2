/** JSON: RFC 8259, with the comments and trailing commas that editors allow. */
import { parseTree, type Node } from 'jsonc-parser';
import { scriptBuilder, type Codec } from '../../text/source-map';
import type { Range } from '../../text/range';
import type { Piece } from '../piece';
import { insertInBrackets } from './list-elements';
import type { Tree, TreeEntry } from './tree';

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
  '/': '/',
};

/** RFC 8259, section 7. */
export const JSON_STRING: Codec = { encode: (text) => JSON.stringify(text).slice(1, -1) };

/** The content of a string between its quotes. */
export function jsonString(host: string, { start, end }: Range): Piece {
  const builder = scriptBuilder(host, JSON_STRING);
  const last = host.charAt(end - 1) === '"' && end - start > 1 ? end - 1 : end;
  let at = start + 1;
  for (let i = at; i < last; i++) {
    if (host.charCodeAt(i) !== 92) continue;
    const letter = host.charAt(i + 1);
    const hex = letter === 'u' ? host.slice(i + 2, i + 6) : '';
    const text = letter === 'u' ? String.fromCharCode(parseInt(hex, 16)) : SHORT_ESCAPES[letter];
    const length = letter === 'u' ? 6 : 2;
    if (text === undefined || (letter === 'u' && !/^[0-9a-f]{4}$/i.test(hex))) continue;
    builder.copy(at, i);
    builder.unit(text, i, i + length);
    i += length - 1;
    at = i + 1;
  }
  builder.copy(at, last);
  return builder.build();
}

/** Undefined where there is nothing, or where it is nested deeper than anybody means it. */
export function parseJson(text: string): Tree | undefined {
  try {
    const root = parseTree(text, [], { allowTrailingComma: true, disallowComments: false });
    return root && toTree(root, text);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function toTree(node: Node, host: string): Tree {
  const range: Range = { start: node.offset, end: node.offset + node.length };
  if (node.type === 'object') {
    const entries: TreeEntry[] = [];
    for (const property of node.children ?? []) {
      const [key, value] = property.children ?? [];
      if (!key || !value) continue;
      const keyRange = { start: key.offset, end: key.offset + key.length };
      entries.push({ key: String(key.value), keyRange, value: toTree(value, host) });
    }
    return { kind: 'map', range, tag: undefined, entries };
  }
  if (node.type === 'array') {
    const items = (node.children ?? []).map((child, index): Tree => {
      const item = toTree(child, host);
      const insertLines = insertInBrackets(host, item.range.start, index === 0, JSON.stringify);
      if (item.kind !== 'scalar' || typeof item.value !== 'string') return { ...item, insertLines };
      return { ...item, insertLines, piece: () => ({ ...item.piece(), insertLines }) };
    });
    return { kind: 'list', range, tag: undefined, items };
  }
  const value: unknown = node.value;
  const scalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  const piece = (): Piece => {
    if (typeof scalar === 'string') return jsonString(host, range);
    const builder = scriptBuilder(host);
    builder.copy(range.start, range.end);
    return builder.build();
  };
  return { kind: 'scalar', range, tag: undefined, value: scalar, piece };
}
