/** YAML and JSON documents as one kind of tree, each node with where it stands and each text with the way to write in it. */
import type { Range } from '../../text/range';
import type { Piece } from '../piece';

export type Tree = TreeMap | TreeList | TreeScalar;

interface TreeNode {
  /** From the first character of the value (its quote, its block header) to behind the last. */
  readonly range: Range;
  /** The tag, with its exclamation mark, where there is one: `!Sub`. */
  readonly tag: string | undefined;
  /** Of an element of a list: puts new elements with these texts in front of it. */
  readonly insertLines?: Piece['insertLines'];
}

export interface TreeEntry {
  readonly key: string;
  readonly keyRange: Range;
  readonly value: Tree;
}

export interface TreeMap extends TreeNode {
  readonly kind: 'map';
  readonly entries: readonly TreeEntry[];
}

export interface TreeList extends TreeNode {
  readonly kind: 'list';
  readonly items: readonly Tree[];
}

export interface TreeScalar extends TreeNode {
  readonly kind: 'scalar';
  /** The value as the format reads it. */
  readonly value: string | number | boolean | null;
  /** The text of it, with the way back; only for what is text or can be read as text. */
  readonly piece: () => Piece;
}

/** The value of a key, where the tree is a map that has it. */
export function get(tree: Tree | undefined, ...path: readonly string[]): Tree | undefined {
  let at = tree;
  for (const key of path) {
    if (at?.kind !== 'map') return undefined;
    at = at.entries.find((entry) => entry.key === key)?.value;
  }
  return at;
}

/** The text of a scalar that is a string, or a number or boolean as it is written. */
export function textOf(tree: Tree | undefined): string | undefined {
  if (tree?.kind !== 'scalar' || tree.value === null) return undefined;
  return String(tree.value);
}

/** The items of a list; none for anything else. */
export function itemsOf(tree: Tree | undefined): readonly Tree[] {
  return tree?.kind === 'list' ? tree.items : [];
}

/** The entries of a map; none for anything else. */
export function entriesOf(tree: Tree | undefined): readonly TreeEntry[] {
  return tree?.kind === 'map' ? tree.entries : [];
}

/** Every node, outermost first, with the keys and indexes that lead to it. `visit` returns false to leave out what is below. */
export function walk(
  tree: Tree,
  visit: (node: Tree, path: readonly (string | number)[]) => boolean | undefined,
  path: readonly (string | number)[] = [],
): void {
  if (visit(tree, path) === false) return;
  if (tree.kind === 'map') for (const { key, value } of tree.entries) walk(value, visit, [...path, key]);
  if (tree.kind === 'list') tree.items.forEach((item, index) => walk(item, visit, [...path, index]));
}
