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
import type { Range } from '../../text/range';
import { readSimpleYaml } from './simple/read';
import type { Tree, TreeEntry } from './tree';
import type { YamlStyle } from './yaml-scalar';
import { itemOfList, yamlScalar } from './yaml-tree';

const STYLES: Readonly<Record<string, YamlStyle>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

/** Aliases are followed, but not for ever: a document may hold one that grows at every level. So many nodes may come by them in a stream. */
const MAX_ALIASED = 20_000;

interface Reading {
  readonly host: string;
  readonly document: Document;
  /** Nodes that are being read, against an alias within its own anchor. */
  readonly open: Set<Node>;
  left: number;
  /** Aliases that the reading is within. */
  aliases: number;
}

/** Every document of a YAML stream. Tolerant: what cannot be parsed is left out. */
export function parseYaml(host: string): readonly Tree[] {
  return readSimpleYaml(host, true) ?? parseAnyYaml(host);
}

/** The same by the library, which reads all that is YAML and what is broken of it. */
export function parseAnyYaml(host: string): readonly Tree[] {
  const documents = withoutStacks(() =>
    parseAllDocuments(host, { logLevel: 'silent', prettyErrors: false, uniqueKeys: false, strict: false }),
  );
  // An empty stream has a type of its own.
  const list: readonly Document[] = Array.isArray(documents) ? documents : [];
  let left = MAX_ALIASED;
  return list.flatMap((document) => {
    const reading: Reading = { host, document, open: new Set(), left, aliases: 0 };
    const tree = document.contents && toTree(document.contents, reading);
    ({ left } = reading);
    return tree ? [tree] : [];
  });
}

/** The library makes an error of every tag that it does not know, such as `!Ref`, and V8 would note for each how it came about. */
function withoutStacks<T>(make: () => T): T {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** What keeps a text from being YAML, each with its place. */
export function yamlErrors(host: string): readonly { readonly range: Range; readonly message: string }[] {
  const documents = parseAllDocuments(host, { logLevel: 'silent', uniqueKeys: false, prettyErrors: false });
  const list: readonly Document[] = Array.isArray(documents) ? documents : [];
  return list.flatMap(({ errors }) =>
    errors.map(({ pos: [start, end], message }) => ({
      range: { start, end },
      message: `This is not YAML: ${message}.`,
    })),
  );
}

function rangeOf(node: Node): Range {
  const [start = 0, end = start] = node.range ?? [];
  return { start, end };
}

function toTree(node: Node, reading: Reading): Tree | undefined {
  if (reading.open.has(node) || (reading.aliases > 0 && reading.left-- <= 0)) return undefined;
  if (isAlias(node)) {
    // The library looks through the whole document for the anchor.
    reading.left -= 10;
    const target = reading.left > 0 ? node.resolve(reading.document) : undefined;
    reading.aliases++;
    const tree = target && toTree(target, reading);
    reading.aliases--;
    return tree;
  }
  const range = rangeOf(node);
  const tag = node.tag?.startsWith('!') ? node.tag : undefined;
  if (isScalar(node)) return scalar(node, range, tag, reading.host);
  reading.open.add(node);
  try {
    if (isMap(node)) return { kind: 'map', range, tag, entries: entries(node.items, reading) };
    if (!isSeq(node)) return undefined;
    const block = node.flow !== true;
    const items = node.items.flatMap((item, index) => {
      const tree = isNode(item) ? toTree(item, reading) : undefined;
      // What an alias stands for is elsewhere.
      return tree ? [isAlias(item) ? tree : itemOfList(tree, reading.host, block, index === 0)] : [];
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
  return yamlScalar(host, { range, tag, value: known }, STYLES[node.type ?? 'PLAIN'] ?? 'plain');
}
