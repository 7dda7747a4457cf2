/** Collections by indentation: YAML 1.2.2, chapter 8.2, with what the library makes of the comments between their entries. */
import type { Tree, TreeEntry } from '../tree';
import { itemOfList, yamlScalar } from '../yaml-tree';
import { Anchors } from './anchors';
import { readBlockScalar } from './block-scalar';
import { type Cursor, finishLine, isBlank, isLineEnd, nextLine, NOT_SIMPLE, skipSpaces } from './cursor';
import { readFlow } from './flow';
import { emptyTree, keyOf, readFlowScalar, scalarTree } from './flow-scalar';
import { readPlain } from './plain';
import { readQuoted } from './quoted';
import { NO_PROPERTIES, type Properties, readProperties } from './properties';

const MAX_DEPTH = 100;

/** A node, and where what belongs to it ends: its line, or the comments behind the last value of a collection. */
interface Node {
  readonly tree: Tree;
  readonly behind: number;
  /** Whether comments that stand further in are a part of it. */
  readonly takesComments: boolean;
  readonly isAlias?: true;
}

export class BlockReader implements Cursor {
  at = 0;
  readonly anchors = new Anchors();
  /** The beginning of the line in front of which a collection has taken the comments. */
  private taken = -1;
  /** Whether comments stand above the entry that begins here, which count for it. */
  private isBehindComments = false;

  constructor(
    readonly text: string,
    readonly isLenient: boolean,
  ) {}

  /** The collection that begins here, in this column. */
  block(column: number, depth: number): Node {
    if (depth > MAX_DEPTH) throw NOT_SIMPLE;
    return this.isDash(this.at) ? this.list(column, depth) : this.map(column, depth);
  }

  private isDash(at: number): boolean {
    return this.text.charAt(at) === '-' && isBlank(this.text, at + 1);
  }

  private map(column: number, depth: number): Node {
    const start = this.at;
    const entries: TreeEntry[] = [];
    for (;;) {
      const { key, keyRange } = this.key();
      this.anchors.values++;
      const value = this.value(column, depth, true);
      this.anchors.add(entries, { key, keyRange, value: value.tree });
      const end = this.goOn(value, column, false);
      if (!end) continue;
      const range = { start, end: end.inside };
      return { tree: { kind: 'map', range, tag: undefined, entries }, behind: end.behind, takesComments: false };
    }
  }

  private list(column: number, depth: number): Node {
    const start = this.at;
    const items: Tree[] = [];
    this.isBehindComments = false;
    for (;;) {
      this.at++;
      this.anchors.values++;
      const item = this.item(column, depth);
      items.push(item.isAlias ? item.tree : itemOfList(item.tree, this.text, true, items.length === 0));
      const end = this.goOn(item, column, true);
      if (!end) continue;
      const range = { start, end: end.inside };
      return { tree: { kind: 'list', range, tag: undefined, items }, behind: end.behind, takesComments: false };
    }
  }

  /**
   * Goes on to the next entry of a collection. Where there is none, it says where the last value with its comments ends, and where what belongs to the
   * collection.
   */
  private goOn(
    value: Node,
    column: number,
    isList: boolean,
  ): { readonly inside: number; readonly behind: number } | undefined {
    const { indent, start, deepestComment, behindTaken } = nextLine(this, value.takesComments ? column : Infinity);
    const comment = this.taken === this.at ? -1 : deepestComment;
    if (indent > column) throw NOT_SIMPLE;
    if (indent === column && this.isDash(start) === isList) {
      this.at = start;
      this.isBehindComments = comment >= 0;
      return undefined;
    }
    // A list may stand in the column of the key that it is the value of, but not the other way round.
    if (indent === column && !isList) throw NOT_SIMPLE;
    let inside = value.behind;
    if (behindTaken >= 0) inside = this.at = behindTaken;
    if (column === 0 || comment < column) return { inside, behind: inside };
    this.taken = this.at;
    return { inside, behind: start };
  }

  private key(): Pick<TreeEntry, 'key' | 'keyRange'> {
    const scalar = readFlowScalar(this, false);
    skipSpaces(this);
    if (!this.isColon(this.at)) throw NOT_SIMPLE;
    this.at++;
    return keyOf(scalar);
  }

  private isColon(at: number): boolean {
    return this.text.charAt(at) === ':' && isBlank(this.text, at + 1);
  }

  /** What stands behind a dash. */
  private item(column: number, depth: number): Node {
    const { text, at: behindDash } = this;
    skipSpaces(this);
    if (!this.isDash(this.at) && (isLineEnd(text, this.at) || !this.isKey()))
      return this.value(column, depth, false, this.isBehindComments);
    // A tab is no indentation.
    if (text.slice(behindDash, this.at).includes('\t')) throw NOT_SIMPLE;
    return this.block(this.at - (text.lastIndexOf('\n', this.at - 1) + 1), depth + 1);
  }

  /** True where a key begins here. */
  private isKey(): boolean {
    const { text, at } = this;
    const first = text.charAt(at);
    if (/[!&*[{|>#]/.test(first)) return false;
    const isQuoted = /["']/.test(first);
    let { end } = isQuoted ? readQuoted(text, at, -1) : readPlain(text, at, false);
    if (isQuoted && text.slice(at, end).includes('\n')) return false;
    while (text.charAt(end) === ' ') end++;
    return this.isColon(end);
  }

  /** What stands behind a key or a dash, or below. */
  private value(column: number, depth: number, isOfKey: boolean, isBehindComments = false): Node {
    skipSpaces(this);
    const properties = readProperties(this);
    const { anchor } = properties;
    const close = anchor === undefined ? undefined : this.anchors.open(anchor);
    const node = this.content(column, depth, isOfKey, isBehindComments, properties);
    close?.(node.tree);
    return node;
  }

  /** The same behind its tag and anchor. */
  private content(
    column: number,
    depth: number,
    isOfKey: boolean,
    isBehindComments: boolean,
    properties: Properties,
  ): Node {
    const { text, at: start } = this;
    const { tag } = properties;
    const first = text.charAt(start);
    if (isLineEnd(text, start) || first === '#')
      return this.below(column, depth, isOfKey, isBehindComments, properties);
    if (first === '|' || first === '>') {
      const { style, value, end } = readBlockScalar(text, start, column);
      this.at = end;
      const tree = yamlScalar(text, { range: { start, end }, tag, value }, style);
      return { tree, behind: end, takesComments: false };
    }
    if (first === '*' && properties === NO_PROPERTIES) {
      const tree = this.anchors.alias(this);
      finishLine(this);
      return { tree, behind: this.at, takesComments: true, isAlias: true };
    }
    const tree =
      first === '[' || first === '{'
        ? readFlow(this, column, tag)
        : scalarTree(text, readFlowScalar(this, false, column), tag);
    finishLine(this);
    return { tree, behind: this.at, takesComments: true };
  }

  /** A value that begins on a line below, or is none. */
  private below(
    column: number,
    depth: number,
    isOfKey: boolean,
    isBehindComments: boolean,
    properties: Properties,
  ): Node {
    const start = this.at;
    const { tag } = properties;
    const isComment = !isLineEnd(this.text, start);
    finishLine(this);
    const line = nextLine(this);
    const hasComments = isBehindComments || isComment || line.deepestComment >= 0;
    const isList = isOfKey && line.indent === column && this.isDash(line.start);
    if (line.indent > column || isList) {
      this.at = line.start;
      if (this.isDash(this.at) || this.isKey()) {
        const node = this.block(line.indent, depth + 1);
        return tag === undefined ? node : { ...node, tree: { ...node.tree, tag } };
      }
      // Behind a comment that stands further out the library lets scalars have lines that stand as far out.
      if (line.shallowestComment <= column) throw NOT_SIMPLE;
      return properties === NO_PROPERTIES
        ? this.value(column, depth, isOfKey, hasComments)
        : this.content(column, depth, isOfKey, hasComments, properties);
    }
    const tree = emptyTree(this.text, start, tag);
    if (!hasComments) return { tree, behind: start, takesComments: false };
    // All comments up to the next line are a part of it, unless a document follows.
    if (column === 0 && this.text.startsWith('---', line.start)) throw NOT_SIMPLE;
    this.taken = this.at;
    return { tree, behind: line.start, takesComments: false };
  }
}
