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

const PARALLEL = /\s-Para\w*[\s:]*$/i;

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

/** A loop that waits, or goes on until something has come. */
function isLong(loop: Node, text: string): boolean {
  if (loop.type === 'while_statement' || loop.type === 'do_statement') return true;
  const written = text.slice(loop.start, loop.end);
  return /\bStart-Sleep\b|\bsleep\b|\.Sleep\(/i.test(written);
}

function isBarrier(node: Node, parent: Node | undefined, path: readonly Node[], text: string): boolean {
  switch (node.type) {
    case 'function_statement':
    case 'class_method_definition':
    case 'trap_statement':
    case 'finally_clause':
    case 'catch_clause':
    case 'param_block':
      return true;
    case 'statement_block':
      return (
        parent?.type === 'try_statement' || (parent !== undefined && LOOPS.has(parent.type) && isLong(parent, text))
      );
    case 'script_block_expression': {
      const command = path.findLast(({ type }) => type === 'command');
      if (!command) return true;
      // Before the block stands what says that each item has a runspace of its own.
      return (
        !RUNS_HERE.test(text.slice(command.start, command.end)) || PARALLEL.test(text.slice(command.start, node.start))
      );
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
  /** Inside a loop that soon comes to its end; what it needs can be had before it. */
  let isInShortLoop = false;
  for (const [index, node] of path.entries()) {
    const former = path.slice(0, index);
    if (isBarrier(node, former[former.length - 1], former, text)) {
      barrier = node;
      spots = [];
      isInShortLoop = false;
    }
    if (node.type === 'function_statement' || node.type === 'class_method_definition') scope = node;
    if (LOOPS.has(node.type) && isLong(node, text)) loop = node;
    if (spots.length > 0 && (node.type === 'script_block_expression' || (LOOPS.has(node.type) && node !== loop)))
      isInShortLoop = true;
    const next = path[index + 1];
    if (LISTS.has(node.type) && next && !LISTS.has(next.type) && !isInShortLoop)
      spots.push({ list: node, statement: next });
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

/** A statement that gives a variable its value. */
export interface Assignment {
  readonly statement: Node;
  readonly value: Node;
  readonly variable: string;
}

/** The assignment in whose value `made` is, where that is a statement of its own. */
export function assignmentAround(analysis: Analysis, made: Range): Assignment | undefined {
  const statement = ownStatement(positionOf(analysis, made.start));
  if (statement?.type !== 'assignment_expression') return undefined;
  const value = statement.children.find(({ field }) => field === 'value');
  const [target] = statement.children;
  const name = target?.type === 'cast_expression' ? child(target, 'variable') : target;
  if (!value || name?.type !== 'variable' || !contains(value, made)) return undefined;
  return { statement, value, variable: analysis.syntax.text.slice(name.start, name.end) };
}

/** The assignment that gives `made` itself to a variable. */
export function assignmentOf(analysis: Analysis, made: Range): Assignment | undefined {
  const assignment = assignmentAround(analysis, made);
  if (!assignment) return undefined;
  const { text } = analysis.syntax;
  const { start, end } = assignment.value;
  const isAll =
    /^(?:\[[\w.]+\]|[\s(])*$/.test(text.slice(start, made.start)) && /^[\s)]*$/.test(text.slice(made.end, end));
  return isAll ? assignment : undefined;
}
