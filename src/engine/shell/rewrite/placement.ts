/** Where a token has to be fetched so that it is there on every path to a target, and on no other where that can be had. */
import type { Source } from '../../program/source';
import { forEachChild, type AndOr, type PipelineNode, type Statement, type SyntaxNode } from '../syntax';
import { mayLeave, propagates, readsStatus } from './exit-status';
import { isLongLoop, sourceWithin, type Paths } from './paths';
import { targetsIn, type Target } from './target';

/** One fetch of a token, and how it is written in. */
export interface Fetch {
  readonly source: Source;
  readonly position: number;
  /** End of what is put in braces. */
  readonly end: number;
  /**
   * `statement`: before a statement, on a line of its own where that starts one. `and`: in front of a command, joined by `&&`, so that its failure is
   * the command's. `and-group`: the same, in braces. `group`: in front of a command and in braces with it, for a command that may succeed without
   * the request.
   */
  readonly form: 'statement' | 'and' | 'and-group' | 'group';
  /** The requests that it serves first; the first one's options are taken over. */
  readonly serves: readonly Target[];
  /** True where the request's failure did not end the script. */
  readonly tolerant: boolean;
}

interface Commands {
  readonly commands: readonly Statement[];
}

/** Places the fetches for one program or one function body, whose targets are given; undefined where one of them cannot be served. */
export function placeFetches(
  body: SyntaxNode,
  program: Source,
  targets: readonly Target[],
  paths: Paths,
  errexit: boolean,
): readonly Fetch[] | undefined {
  const fetches: Fetch[] = [];
  const covered = new Set<Target>();
  const pipefail = /\bpipefail\b/.test(program.text);

  const fetch = (
    span: { readonly pos: number; readonly end: number },
    form: Fetch['form'],
    source: Source,
    over: SyntaxNode,
    tolerant = true,
  ): void => {
    const serves = targetsIn(over, source, targets);
    fetches.push({ source, position: span.pos, end: span.end, form, serves, tolerant });
  };

  /** In front of one command of a list or condition. `alone`: it is the whole of its statement. */
  const join = (part: PipelineNode, source: Source, behindOr: boolean, alone: boolean, endsScript = false): void => {
    const [first] = part.type === 'Pipeline' ? part.commands : [];
    const negated = part.type === 'Pipeline' && part.prefixes.length > 0;
    const pos = negated && first ? first.pos : part.pos;
    const command = negated && part.commands.length === 1 && first ? first : part;
    // In front of `&&`, a failure would no longer end a script that runs under `set -e`.
    const and = propagates(command, targets, pipefail) && !endsScript;
    const braces = behindOr || negated;
    fetch(
      { pos, end: part.end },
      and ? (braces ? 'and-group' : 'and') : alone && !braces ? 'statement' : 'group',
      source,
      part,
      !propagates(command, targets, pipefail),
    );
  };

  /** Statements one after the other; gives whether a token is there behind them. */
  const list = ({ commands }: Commands, source: Source, had: boolean, decides = false): boolean => {
    let available = had;
    commands.forEach((statement, index) => {
      if (!paths.holds(statement, source)) return;
      // The last command of a condition or substitution decides its exit status: what it needs joins it.
      const separate = !decides || index < commands.length - 1;
      if (!available && separate && !readsStatus(statement.command, source) && isReached(commands, index, source)) {
        const tolerant = statement.background === true || !propagates(statement.command, targets, pipefail);
        fetch(statement, 'statement', source, statement, tolerant);
        descend(statement.command, source, true);
        available = true;
        return;
      }
      const after = descend(statement.command, source, available, true);
      available ||= after && !statement.background;
    });
    return available;
  };

  /** True where every way on from the statement comes to a target before it may leave. */
  const isReached = (statements: readonly Statement[], index: number, source: Source): boolean => {
    for (const statement of statements.slice(index)) {
      if (paths.holds(statement, source)) {
        if (isLongLoop(statement.command, paths, source)) return false;
        if (paths.always(statement.command, source)) return true;
      }
      if (mayLeave(statement)) return false;
    }
    return false;
  };

  /** What is below a command; gives whether a token is there behind it. */
  const descend = (node: SyntaxNode, source: Source, had: boolean, alone = false): boolean => {
    if (!paths.holds(node, source)) return had;
    switch (node.type) {
      case 'AndOr':
        return andOr(node, source, had);
      case 'Pipeline':
        if (!had && paths.always(node, source)) {
          join(node, source, false, alone);
          had = true;
        }
        // Each part runs in a shell of its own.
        for (const part of node.commands) descend(part, source, had);
        return had;
      case 'Command': {
        const own = targets.filter(({ site }) => site.node === node);
        const heredoc = node.redirects.some(({ type }) => type === 'HereDoc');
        if (
          !had &&
          !readsStatus(node, source) &&
          (own.length > 0 || (alone && !heredoc && paths.always(node, source)))
        ) {
          join(node, source, false, alone);
          had = true;
        }
        if (had) for (const target of own) covered.add(target);
        substitutions(node, source, had);
        return had;
      }
      case 'Redirected':
        for (const redirect of node.redirects) substitutions(redirect, source, had);
        return descend(node.command, source, had);
      case 'If': {
        let before = list(node.clause, source, had, true);
        let every = list(node.then, source, before);
        for (const branch of node.elif) {
          before = list(branch.clause, source, before, true);
          every = list(branch.then, source, before) && every;
        }
        if (!node.else) return before;
        return list(node.else, source, before) && every;
      }
      case 'While': {
        const inside = had && !isLongLoop(node, paths, source);
        const entered = list(node.clause, source, inside, true);
        list(node.body, source, inside || (entered && node.kind === 'while'));
        return had;
      }
      case 'For':
      case 'Select':
        for (const word of node.wordlist ?? []) substitutions(word, source, had);
        list(node.body, source, had && !isLongLoop(node, paths, source));
        return had;
      case 'ArithmeticFor':
        list(node.body, source, had && !isLongLoop(node, paths, source));
        return had;
      case 'Case': {
        substitutions(node.word, source, had);
        let every = node.items.some(({ pattern }) => pattern.some(({ text }) => text === '*'));
        for (const item of node.items) every = list(item.body, source, had) && every;
        return had || every;
      }
      case 'Subshell':
        list(node.body, source, had);
        return had;
      case 'BraceGroup':
        return list(node.body, source, had);
      case 'Coproc':
        if (node.body.type === 'CompoundList') list(node.body, source, had);
        else descend(node.body, source, had);
        return had;
      case 'Function':
        // A scope of its own, placed apart.
        return had;
      default:
        substitutions(node, source, had);
        return had;
    }
  };

  /** The lists inside the substitutions below a node. What they fetch stays inside them. */
  const substitutions = (node: SyntaxNode, source: Source, had: boolean): void => {
    forEachChild(node, (child) => {
      if (!paths.holds(child, source)) return;
      // What the body of a heredoc runs has to find the token there.
      if (child.type === 'HereDoc' && had) for (const target of targetsIn(child, source, targets)) covered.add(target);
      if (isSubstitution(child) && child.script) {
        list(child.script, sourceWithin(child, source, targets), had, true);
      } else substitutions(child, source, had);
    });
  };

  const andOr = (node: AndOr, source: Source, had: boolean): boolean => {
    let available = had;
    let certain = had;
    node.commands.forEach((part, index) => {
      const or = node.operators[index - 1] === '||';
      // Behind `||`, only what the first command did is certain.
      if (or) available = certain;
      if (paths.holds(part, source)) {
        const simple = part.type === 'Command' || part.type === 'Pipeline';
        const joins = !available && simple && paths.always(part, source);
        if (joins) join(part, source, or, false, errexit && index === node.commands.length - 1);
        const after = descend(part, source, available || joins);
        available = after || joins;
      }
      if (index === 0) certain = available;
    });
    return certain;
  };

  if (body.type === 'Script' || body.type === 'CompoundList') list(body, program, false);
  else descend(body, program, false);
  return covered.size === targets.length ? fetches : undefined;
}

function isSubstitution(
  node: SyntaxNode,
): node is Extract<SyntaxNode, { type: 'CommandExpansion' | 'ProcessSubstitution' | 'ArithmeticCommandExpansion' }> {
  return (
    node.type === 'CommandExpansion' ||
    node.type === 'ProcessSubstitution' ||
    node.type === 'ArithmeticCommandExpansion'
  );
}
