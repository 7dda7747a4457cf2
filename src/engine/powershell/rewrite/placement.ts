/** Where in a program a token has to be fetched so that every request that needs it has it. */
import { contains, type Range } from '../../text/range';
import type { Analysis } from '../analyse';
import { child, type Node } from '../syntax/parse';

/** A statement in a list of statements. */
export interface Spot {
  readonly list: Node;
  readonly statement: Node;
}

/** Where a position is. */
export interface Position {
  readonly at: number;
  /** The statements that it is in, outermost first, from the innermost barrier on. */
  readonly spots: readonly Spot[];
  /**
   * The innermost part of the program that runs at a time of its own, or whose failures are caught: nothing is fetched outside it for what is
   * within. Undefined at the top.
   */
  readonly barrier: Node | undefined;
  /** The innermost function. */
  readonly scope: Node | undefined;
  /** The innermost loop that may go on for longer than a token lives. */
  readonly loop: Node | undefined;
}

const LISTS = new Set(['statement_list', 'program']);
const LOOPS = new Set(['while_statement', 'do_statement', 'for_statement', 'foreach_statement']);
/** Commands that run a block where they stand. */
const RUNS_HERE = /^\s*(?:&|\.|%|\?|ForEach-Object|foreach|Where-Object|where|Measure-Command)\s/i;

function nodesAt(analysis: Analysis, at: number): readonly Node[] {
  const path: Node[] = [];
  let nodes: readonly Node[] = analysis.syntax.roots;
  for (;;) {
    const next = nodes.find(({ start, end, named }) => named && start <= at && at < end);
    if (!next) return path;
    path.push(next);
    nodes = next.children;
  }
}

/** A loop that waits, or has no end. */
function isLong(loop: Node, text: string): boolean {
  const written = text.slice(loop.start, loop.end);
  return /\bStart-Sleep\b|\bsleep\b|\.Sleep\(|^while\s*\(\s*(?:\$true|1)\s*\)/i.test(written);
}

function isBarrier(node: Node, parent: Node | undefined, path: readonly Node[], text: string): boolean {
  switch (node.type) {
    case 'function_statement':
    case 'class_method_definition':
    case 'trap_statement':
    case 'finally_clause':
    case 'catch_clause':
      return true;
    case 'statement_block':
      return (
        parent?.type === 'try_statement' || (parent !== undefined && LOOPS.has(parent.type) && isLong(parent, text))
      );
    case 'script_block_expression': {
      const command = path.findLast(({ type }) => type === 'command');
      return !command || !RUNS_HERE.test(text.slice(command.start, command.end));
    }
    default:
      return false;
  }
}

export function positionOf(analysis: Analysis, at: number): Position {
  const { text } = analysis.syntax;
  const path = nodesAt(analysis, at);
  let spots: Spot[] = [];
  let barrier: Node | undefined;
  let scope: Node | undefined;
  let loop: Node | undefined;
  for (const [index, node] of path.entries()) {
    const former = path.slice(0, index);
    if (isBarrier(node, former[former.length - 1], former, text)) {
      barrier = node;
      spots = [];
    }
    if (node.type === 'function_statement' || node.type === 'class_method_definition') scope = node;
    if (LOOPS.has(node.type) && isLong(node, text)) loop = node;
    const next = path[index + 1];
    if (LISTS.has(node.type) && next && !LISTS.has(next.type)) spots.push({ list: node, statement: next });
  }
  // What a long loop asks each time cannot be asked once before it.
  const inBody = loop && child(loop, 'statement_block');
  if (loop && inBody && !contains(inBody, { start: at, end: at })) spots = [];
  return { at, spots, barrier, scope, loop };
}

/** The statement in front of which what all positions need can stand; undefined where there is none. */
export function commonStatement(positions: readonly Position[]): Node | undefined {
  const [first, ...rest] = positions;
  const lists = first?.spots.map(({ list }) => list) ?? [];
  const list = lists.findLast((each) => rest.every(({ spots }) => spots.some((spot) => spot.list === each)));
  if (!list) return undefined;
  const statements = positions.flatMap(({ spots }) =>
    spots.filter((spot) => spot.list === list).map(({ statement }) => statement),
  );
  return statements.reduce((a, b) => (b.start < a.start ? b : a));
}

/** The innermost statement. */
export function ownStatement({ spots }: Position): Node | undefined {
  return spots[spots.length - 1]?.statement;
}

/** The assignment that gives `made` to a variable, where it is a statement of its own. */
export function assignmentOf(
  analysis: Analysis,
  made: Range,
): { readonly statement: Node; readonly variable: string } | undefined {
  const position = positionOf(analysis, made.start);
  const statement = ownStatement(position);
  if (statement?.type !== 'assignment_expression') return undefined;
  const value = statement.children.find(({ field }) => field === 'value');
  const [target] = statement.children;
  const name =
    target &&
    (target.type === 'variable' ? target : target.type === 'cast_expression' ? child(target, 'variable') : undefined);
  if (!value || !name || value.start > made.start || value.end < made.end) return undefined;
  const { text } = analysis.syntax;
  const isAll =
    text
      .slice(value.start, made.start)
      .trim()
      .replace(/^(?:\[[\w.]+\]|\()+$/, '') === '' && text.slice(made.end, value.end).replace(/\)/g, '').trim() === '';
  return isAll ? { statement, variable: text.slice(name.start, name.end) } : undefined;
}
