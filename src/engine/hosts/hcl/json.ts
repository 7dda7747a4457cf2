/** HCL written as JSON: HCL JSON Syntax Specification. Strings are templates; what is a block and what an attribute is told by who asks. */
import type { Piece } from '../piece';
import { parseJson } from '../tree/json';
import type { Tree, TreeMap } from '../tree/tree';
import { IDENTITY } from '../../text/source-map';
import { scanTemplate } from './template-scan';
import type { Attribute, Block, Body, Expression, HclSource } from './syntax';

/** How many labels the blocks at the top of a file have. */
const LABELS: Readonly<Record<string, number>> = {
  resource: 2,
  data: 2,
  module: 1,
  variable: 1,
  output: 1,
  provider: 1,
  locals: 0,
  terraform: 0,
  source: 2,
  build: 0,
};

export function readHclJson(text: string, uri: string): Body | undefined {
  const root = parseJson(text);
  if (root?.kind !== 'map') return undefined;
  const source: HclSource = { text, map: IDENTITY, uri };
  const blocks: Block[] = [];
  for (const { key, value } of root.entries) {
    const count = LABELS[key];
    if (count !== undefined) addBlocks(source, blocks, { type: key, labels: [], count, tree: value });
  }
  return { source, range: root.range, attributes: new Map(), blocks };
}

interface Labelled {
  readonly type: string;
  readonly labels: readonly string[];
  /** How many labels are still to come. */
  readonly count: number;
  readonly tree: Tree;
}

function addBlocks(source: HclSource, blocks: Block[], { type, labels, count, tree }: Labelled): void {
  if (tree.kind === 'list') {
    for (const item of tree.items) addBlocks(source, blocks, { type, labels, count, tree: item });
    return;
  }
  if (tree.kind !== 'map') return;
  if (count === 0) {
    blocks.push(jsonBlock(source, type, labels, tree));
    return;
  }
  for (const { key, value } of tree.entries)
    addBlocks(source, blocks, { type, labels: [...labels, key], count: count - 1, tree: value });
}

function jsonBlock(source: HclSource, type: string, labels: readonly string[], tree: TreeMap): Block {
  const head = { start: tree.range.start, end: tree.range.start + 1 };
  const attributes = new Map<string, Attribute>();
  for (const { key, keyRange, value } of tree.entries) {
    if (key === '//') continue;
    const expression = jsonExpression(source, value);
    const range = { start: keyRange.start, end: value.range.end };
    attributes.set(key, { name: key, nameRange: keyRange, range, expression, source });
  }
  const body: Body = { source, range: tree.range, attributes, blocks: [] };
  return { type, labels, body, range: tree.range, head, source, isNative: false };
}

function jsonExpression(source: HclSource, tree: Tree): Expression {
  const { range } = tree;
  if (tree.kind === 'list') {
    const items = tree.items.map((item) => jsonExpression(source, item));
    return { kind: 'tuple', items, insertLines: tree.items.map(insertions), source, range };
  }
  if (tree.kind === 'map') {
    const items = tree.entries.map(({ key, keyRange, value }) => ({
      key: bareTemplate({ ...source, text: key, map: { toHost: () => keyRange, toHostEdits: () => undefined } }),
      value: jsonExpression(source, value),
      range: { start: keyRange.start, end: value.range.end },
    }));
    return { kind: 'object', items, source, range };
  }
  if (typeof tree.value !== 'string') return { kind: 'literal', value: tree.value, source, range };
  const { text, map } = tree.piece();
  return bareTemplate({ text, map, uri: source.uri });
}

function insertions({ insertLines }: Tree): Piece['insertLines'] {
  return insertLines;
}

/** A whole text that is a template. */
export function bareTemplate(source: HclSource): Expression {
  const form = { kind: 'bare' } as const;
  const range = { start: 0, end: source.text.length };
  const { tokens, sound } = scanTemplate(source.text, 0, source.text.length, form);
  return { kind: 'template', form, tokens, body: range, sound, source, range };
}
