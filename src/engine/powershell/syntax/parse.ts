/** Syntax trees of PowerShell programs. The grammar's own trees have a node for every precedence; here are only those that say something. */
import type { GrammarNode, Grammars } from '../../grammar/grammars';
import { chunkTree } from './chunk-trees';
import { coveredText, cut } from './chunks';
import type { Cover } from './cover';
import { relevanceOf, type Relevance } from './relevance';

export type Node = GrammarNode;

/** What a program is made of. */
export interface Syntax {
  readonly text: string;
  /** Statements at the top that were parsed, in the order of the text. */
  readonly roots: readonly Node[];
  /** Words that the tree shows as something else, by where they start. */
  readonly covers: ReadonlyMap<number, Cover>;
}

/** Nodes with one child that say no more than it does. */
const CHAIN = /^(?:expression_with_unary_operator|pipeline|pipeline_chain|left_assignment_expression|key_expression|string_literal|unary_expression|.*_argument_expression|argument_expression|(?:logical|bitwise|comparison|additive|multiplicative|format|range|array_literal)_expression)$/; // prettier-ignore
/** What is read from the text itself. */
const LEAVES = new Set([
  'expandable_string_literal', 'expandable_here_string_literal', 'verbatim_string_characters', 'verbatim_here_string_characters', 'variable',
  'integer_literal', 'real_literal', 'type_literal', 'generic_token', 'attribute_list', 'attribute', 'comment', 'command_parameter',
  'command_argument_sep', 'member_name', 'file_redirection_operator',
]); // prettier-ignore
const LAYOUT = new Set(['command_argument_sep', 'comment', 'empty_statement']);

const BLANK = /[\s`]/;

/** The tree without what says nothing. Offsets are the chunk's. */
function plain(node: Node, text: string): Node {
  let at = node;
  for (;;) {
    const [only, ...more] = at.children;
    if (!only || more.length > 0 || !only.named || at.broken || only.broken || !CHAIN.test(at.type)) break;
    at = only;
  }
  const { type, named, start, end, broken } = at;
  const children: Node[] = [];
  for (const child of at.children) if (!LAYOUT.has(child.type)) children.push(plain(child, text));
  // A command's blanks belong to what follows it.
  let until = end;
  if (type === 'command' || type === 'command_elements')
    while (until > start && BLANK.test(text.charAt(until - 1))) until--;
  return { type, named, field: node.field, start, end: until, broken, children };
}

/** A tree of its own with offsets of the text. */
function shifted({ type, named, field, start, end, broken, children }: Node, by: number): Node {
  const moved = children.map((child) => shifted(child, by));
  return { type, named, field, start: start + by, end: end + by, broken, children: moved };
}

/** Statements whose trees are read only where something in them matters. */
const STATEMENT = /^(?:pipeline|\w+_statement)$/;
const BEFORE_STATEMENT = /(?:^|[\n{;}])[ \t]*$/;

interface Options {
  /** Where the text begins in the one that offsets are of. */
  readonly start: number;
  /** True where all of it matters. */
  readonly isWhole: boolean;
}

const EVERYTHING: Relevance = { matters: () => true };

/** Parses what can matter of a program; undefined where the grammar is not there. */
export function parsePowerShell(
  text: string,
  grammars: Grammars,
  { start: offset, isWhole }: Options = { start: 0, isWhole: false },
): Syntax | undefined {
  if (!grammars.isLoaded('powershell')) return undefined;
  const parts = cut(text);
  const relevance = isWhole ? EVERYTHING : relevanceOf(text, parts);
  const roots: Node[] = [];
  const covers = new Map<number, Cover>();
  for (const chunk of parts.chunks) {
    if (!relevance.matters(chunk.start, chunk.end)) continue;
    const covered = coveredText(text, chunk);
    const matters = (start: number, end: number): boolean => {
      const from = start + chunk.start;
      return (
        relevance.matters(from, end + chunk.start) || !BEFORE_STATEMENT.test(text.slice(Math.max(0, from - 80), from))
      );
    };
    const tree = chunkTree(grammars, covered, matters, (isWanted) => {
      const whole = grammars.parse('powershell', covered, (type, start, end) => {
        return !LEAVES.has(type) && (!STATEMENT.test(type) || isWanted(start, end));
      });
      return whole && plain(whole, covered);
    });
    if (!tree) continue;
    for (const { start, end, text: as } of chunk.covers)
      covers.set(start + offset, { start: start + offset, end: end + offset, text: as });
    roots.push(shifted(tree, chunk.start + offset));
  }
  return { text, roots, covers };
}

/** The children that are no punctuation. */
export function named(node: Node): readonly Node[] {
  return node.children.filter((child) => child.named);
}

export function child(node: Node, type: string): Node | undefined {
  return node.children.find((each) => each.type === type);
}

/** The node with this part of its parent. */
export function field(node: Node, name: string): Node | undefined {
  return node.children.find((each) => each.field === name);
}

/** True where something below could not be parsed. */
export function isBroken(node: Node): boolean {
  return node.broken || node.children.some(isBroken);
}

/** Calls `visit` for the node and all below it; a node for which it gives false is not entered. */
export function walk(node: Node, visit: (node: Node) => boolean): void {
  if (visit(node)) for (const each of node.children) walk(each, visit);
}
