/** YAML documents as trees. */
import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseAllDocuments,
  type Document,
  type Node,
  type Scalar,
} from 'yaml';
import { scriptBuilder } from '../../text/source-map';
import type { Range, TextEdit } from '../../text/range';
import type { Piece } from '../piece';
import type { Tree, TreeEntry } from './tree';
import { scalarPiece, type YamlStyle } from './yaml-scalar';

const STYLES: Readonly<Record<string, YamlStyle>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

/** Aliases are followed, but not for ever: a document may hold one that grows at every level. */
const MAX_NODES = 200_000;

interface Reading {
  readonly host: string;
  readonly document: Document;
  /** Nodes that are being read, against an alias within its own anchor. */
  readonly open: Set<Node>;
  left: number;
}

/** Every document of a YAML stream. Tolerant: what cannot be parsed is left out. */
export function parseYaml(host: string): readonly Tree[] {
  const documents = parseAllDocuments(host, { logLevel: 'silent', uniqueKeys: false, strict: false });
  // An empty stream has a type of its own.
  const list: readonly Document[] = Array.isArray(documents) ? documents : [];
  return list.flatMap((document) => {
    const { contents } = document;
    const tree = contents && toTree(contents, { host, document, open: new Set(), left: MAX_NODES });
    return tree ? [tree] : [];
  });
}

function rangeOf(node: Node): Range {
  const [start = 0, end = start] = node.range ?? [];
  return { start, end };
}

function toTree(node: Node, reading: Reading): Tree | undefined {
  if (reading.left-- <= 0 || reading.open.has(node)) return undefined;
  if (isAlias(node)) {
    const target = node.resolve(reading.document);
    return target ? toTree(target, reading) : undefined;
  }
  const range = rangeOf(node);
  const tag = node.tag?.startsWith('!') ? node.tag : undefined;
  if (isScalar(node)) return scalar(node, range, tag, reading.host);
  reading.open.add(node);
  try {
    if (isMap(node)) return { kind: 'map', range, tag, entries: entries(node.items, reading) };
    if (!isSeq(node)) return undefined;
    const block = node.flow !== true;
    const items = node.items.flatMap((item) => {
      const tree = isNode(item) ? toTree(item, reading) : undefined;
      return tree ? [block ? inBlockList(tree, reading.host) : tree] : [];
    });
    return { kind: 'list', range, tag, items };
  } finally {
    reading.open.delete(node);
  }
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}

function entries(items: readonly unknown[], reading: Reading): readonly TreeEntry[] {
  const result: TreeEntry[] = [];
  for (const item of items) {
    if (!isPair(item) || !isScalar(item.key)) continue;
    const value = isNode(item.value) ? toTree(item.value, reading) : undefined;
    // `<<: *defaults` puts the entries of another map in (YAML 1.1, merge keys).
    if (item.key.value === '<<' && value?.kind === 'map') {
      result.push(...value.entries.filter(({ key }) => !result.some((entry) => entry.key === key)));
    } else if (value) result.push({ key: String(item.key.value), keyRange: rangeOf(item.key), value });
  }
  return result;
}

function scalar(node: Scalar, range: Range, tag: string | undefined, host: string): Tree {
  const { value } = node;
  const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  const style = STYLES[node.type ?? 'PLAIN'] ?? 'plain';
  const piece = (): Piece => {
    if (typeof known === 'string') return scalarPiece(host, { style, range, value: known });
    const builder = scriptBuilder(host);
    builder.copy(range.start, range.end);
    return builder.build();
  };
  return { kind: 'scalar', range, tag, value: known, piece };
}

/** An item of a list with dashes, in front of which new lines can be put as items of their own. */
function inBlockList(item: Tree, host: string): Tree {
  if (item.kind !== 'scalar' || typeof item.value !== 'string') return item;
  const lineStart = host.lastIndexOf('\n', item.range.start - 1) + 1;
  const dash = /^([ \t]*-[ \t]+)[^\n]*$/.exec(`${host.slice(lineStart, item.range.start)}.`);
  const [, lead = ''] = dash ?? [];
  // A tag or anchor in front of the item, or an item behind another dash, has no simple model to follow.
  if (!dash || lineStart + lead.length !== item.range.start) return item;
  const newline = host.includes('\r\n') ? '\r\n' : '\n';
  const insertLines = (lines: readonly string[]): TextEdit => ({
    range: { start: lineStart, end: lineStart },
    newText: lines.map((line) => `${lead}${quoted(line)}${newline}`).join(''),
  });
  return { ...item, piece: () => ({ ...item.piece(), insertLines }) };
}

function quoted(line: string): string {
  return line.includes('\n') ? JSON.stringify(line) : `'${line.replace(/'/g, "''")}'`;
}
