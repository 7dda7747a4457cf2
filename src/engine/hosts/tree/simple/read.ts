/**
 * YAML as nearly all templates are written: block collections by indentation, scalars on one line, block scalars, brackets, tags of one's own. It is read in a
 * tenth of the time that the library takes, and to the same tree; whatever is written in another way (anchors, aliases, several documents, scalars over several lines,
 * tabs) is left to the library.
 */
import type { Tree, TreeEntry } from '../tree';
import { itemOfList, yamlScalar } from '../yaml-tree';
import { readBlockScalar } from './block-scalar';
import { behindLine, type Cursor, finishLine, isBlank, isLineEnd, nextLine, NOT_SIMPLE, skipSpaces } from './cursor';
import { readFlow } from './flow';
import { readPlain, readQuoted, resolved } from './scalars';
import { readTag } from './tag';

const MAX_DEPTH = 100;

/** The tree of a document; undefined where the text is not that simple. */
export function readSimpleYaml(text: string): Tree | undefined {
  if (text.includes('\r') || text.startsWith('\uFEFF')) return undefined;
  try {
    return new Reader(text).document();
  } catch (error) {
    if (error === NOT_SIMPLE) return undefined;
    throw error;
  }
}

/** A node, and where what belongs to it ends: its line, or the comments behind the last value of a collection. */
interface Node {
  readonly tree: Tree;
  readonly behind: number;
  /** Whether a comment that stands further in would be a part of it. */
  readonly takesComments: boolean;
}

class Reader implements Cursor {
  at = 0;
  /** The beginning of the line in front of which a collection has taken the comments. */
  private taken = -1;

  constructor(readonly text: string) {}

  document(): Tree {
    this.at = /^(?: *(?:#[^\n]*)?\n)*---\n/.exec(this.text)?.[0].length ?? 0;
    const { indent, start } = nextLine(this);
    this.at = start;
    const { tree } = this.block(indent, 0);
    // Something that stands further out than all the rest.
    if (nextLine(this).indent >= 0) throw NOT_SIMPLE;
    return tree;
  }

  /** The collection that begins here, in this column. */
  private block(column: number, depth: number): Node {
    if (depth > MAX_DEPTH || column < 0) throw NOT_SIMPLE;
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
      const value = this.value(column, depth, true);
      entries.push({ key, keyRange, value: value.tree });
      const behind = this.goOn(value, column, false);
      if (behind === undefined) continue;
      const range = { start, end: value.behind };
      return { tree: { kind: 'map', range, tag: undefined, entries }, behind, takesComments: false };
    }
  }

  private list(column: number, depth: number): Node {
    const start = this.at;
    const items: Tree[] = [];
    for (;;) {
      this.at++;
      const item = this.item(column, depth);
      items.push(itemOfList(item.tree, this.text, true, items.length === 0));
      const behind = this.goOn(item, column, true);
      if (behind === undefined) continue;
      const range = { start, end: item.behind };
      return { tree: { kind: 'list', range, tag: undefined, items }, behind, takesComments: false };
    }
  }

  /** Goes on to the next entry of a collection. Where there is none, it says where what belongs to the collection ends. */
  private goOn(value: Node, column: number, isList: boolean): number | undefined {
    const { indent, start, deepestComment } = nextLine(this);
    const comment = this.taken === this.at ? -1 : deepestComment;
    if (indent > column || (value.takesComments && comment > column)) throw NOT_SIMPLE;
    if (indent === column && this.isDash(start) === isList) {
      this.at = start;
      return undefined;
    }
    // A list may stand in the column of the key that it is the value of, but not the other way round.
    if (indent === column && !isList) throw NOT_SIMPLE;
    if (column === 0 || comment < column) return value.behind;
    this.taken = this.at;
    return start;
  }

  private key(): Pick<TreeEntry, 'key' | 'keyRange'> {
    const { text, at: start } = this;
    const isQuoted = /["']/.test(text.charAt(start));
    const { value, end } = isQuoted ? readQuoted(text, start) : readPlain(text, start, false);
    this.at = end;
    skipSpaces(this);
    if (!this.isColon(this.at)) throw NOT_SIMPLE;
    this.at++;
    const key = isQuoted ? value : String(resolved(value));
    // It puts another map in.
    if (key === '<<') throw NOT_SIMPLE;
    return { key, keyRange: { start, end } };
  }

  private isColon(at: number): boolean {
    return this.text.charAt(at) === ':' && isBlank(this.text, at + 1);
  }

  /** What stands behind a dash. */
  private item(column: number, depth: number): Node {
    const { text } = this;
    skipSpaces(this);
    if (isLineEnd(text, this.at)) return this.below(column, depth, undefined, false);
    const inLine = this.at - (text.lastIndexOf('\n', this.at - 1) + 1);
    if (this.isDash(this.at) || this.isKey()) return this.block(inLine, depth + 1);
    return this.value(column, depth, false);
  }

  /** True where a key begins here. */
  private isKey(): boolean {
    const { text, at } = this;
    const first = text.charAt(at);
    if (/[![{|>#]/.test(first)) return false;
    const isQuoted = /["']/.test(first);
    let { end } = isQuoted ? readQuoted(text, at, -1) : readPlain(text, at, false);
    if (isQuoted && text.slice(at, end).includes('\n')) return false;
    while (text.charAt(end) === ' ') end++;
    return this.isColon(end);
  }

  /** What stands behind a key or a dash, or below. */
  private value(column: number, depth: number, isOfKey: boolean, above?: string): Node {
    const { text } = this;
    skipSpaces(this);
    const tag = above ?? readTag(this);
    skipSpaces(this);
    const start = this.at;
    const first = text.charAt(start);
    if (isLineEnd(text, start) || first === '#') return this.below(column, depth, tag, isOfKey);
    if (first === '|' || first === '>') {
      const { style, value, end } = readBlockScalar(text, start, column);
      this.at = end;
      return {
        tree: yamlScalar(text, { range: { start, end }, tag, value }, style),
        behind: end,
        takesComments: false,
      };
    }
    const tree = first === '[' || first === '{' ? readFlow(this, column, tag) : this.scalar(column, tag);
    finishLine(this);
    return { tree, behind: this.at, takesComments: true };
  }

  private scalar(column: number, tag: string | undefined): Tree {
    const { text, at: start } = this;
    const first = text.charAt(start);
    const isQuoted = first === '"' || first === "'";
    const { value, end } = isQuoted ? readQuoted(text, start, column) : readPlain(text, start, false, column);
    this.at = end;
    const range = { start, end };
    if (isQuoted) return yamlScalar(text, { range, tag, value }, first === '"' ? 'double' : 'single');
    return yamlScalar(text, { range, tag, value: tag === undefined ? resolved(value) : value }, 'plain');
  }

  /** A value that begins on a line below, or is none. */
  private below(column: number, depth: number, tag: string | undefined, isOfKey: boolean): Node {
    const start = this.at;
    const isComment = !isLineEnd(this.text, start);
    if (isComment && this.text.charAt(start - 1) !== ' ') throw NOT_SIMPLE;
    this.at = behindLine(this.text, start);
    const line = nextLine(this);
    const hasComments = isComment || line.deepestComment >= 0;
    const isList = isOfKey && line.indent === column && this.isDash(line.start);
    if (line.indent > column || isList) {
      if (!isOfKey && hasComments) throw NOT_SIMPLE;
      this.at = line.start;
      if (!this.isDash(this.at) && !this.isKey()) return this.value(column, depth, isOfKey, tag);
      const node = this.block(line.indent, depth + 1);
      return tag === undefined ? node : { ...node, tree: { ...node.tree, tag } };
    }
    if (hasComments) throw NOT_SIMPLE;
    const range = { start, end: start };
    const tree = yamlScalar(this.text, { range, tag, value: tag === undefined ? null : '' }, 'plain');
    return { tree, behind: start, takesComments: false };
  }
}
