/** Anchors, aliases and merge keys of the document that is read: YAML 1.2.2, chapters 6.9.2 and 7.1; YAML 1.1 for merge keys. */
import type { Tree, TreeEntry } from '../tree';
import { type Cursor, NOT_SIMPLE } from './cursor';

const ALIAS = /\*([\w.-]+)(?=[ \t\r\n,\]}]|$)/y;
/** What comes by aliases: fewer nodes than those at which the reading of the library's documents stops. */
const MAX_ALIASED = 19_000;
const MAX_MERGED = 100_000;

interface Anchored {
  /** Undefined while it is read. */
  tree?: Tree;
  /** What it costs to follow an alias to it. */
  cost: number;
}

export class Anchors {
  /** Values read so far, those that aliases stand for among them: as the reading of the library's documents counts them. */
  values = 0;
  private readonly anchored = new Map<string, Anchored>();
  private aliased = 0;
  private merged = 0;

  /** Forgets them at the beginning of a document, but not what has come by aliases in all. */
  clear(): void {
    this.anchored.clear();
  }

  /** Says that a node with this anchor begins; what it gives says that the node is read. */
  open(name: string): (tree: Tree) => void {
    const anchored: Anchored = { cost: 11 - this.values };
    this.anchored.set(name, anchored);
    return (tree) => {
      anchored.tree = tree;
      anchored.cost += this.values;
    };
  }

  /** What the alias that stands here stands for. */
  alias(cursor: Cursor): Tree {
    ALIAS.lastIndex = cursor.at;
    const [all = '', name = ''] = ALIAS.exec(cursor.text) ?? [];
    const { tree, cost = 0 } = this.anchored.get(name) ?? {};
    this.aliased += cost;
    if (!tree || this.aliased > MAX_ALIASED) throw NOT_SIMPLE;
    this.values += cost;
    cursor.at += all.length;
    return copied(tree);
  }

  /** `<<: *defaults` puts the entries of another map in. */
  add(entries: TreeEntry[], entry: TreeEntry): void {
    const { key, value } = entry;
    if (key !== '<<' || value.kind !== 'map') {
      entries.push(entry);
      return;
    }
    this.merged += entries.length + value.entries.length;
    if (this.merged > MAX_MERGED) throw NOT_SIMPLE;
    const known = new Set(entries.map((each) => each.key));
    for (const each of value.entries) if (!known.has(each.key)) entries.push(each);
  }
}

/** Nodes of its own: what is done about one place says nothing about another. */
function copied(tree: Tree): Tree {
  if (tree.kind === 'list') return { ...tree, items: tree.items.map(copied) };
  if (tree.kind === 'scalar') return { ...tree };
  return { ...tree, entries: tree.entries.map((entry) => ({ ...entry, value: copied(entry.value) })) };
}
