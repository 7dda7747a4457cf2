/** Which paths lead to a target: what decides where a token may be fetched without being fetched in vain. */
import type { Source } from '../../program/source';
import {
  forEachChild,
  some,
  type CompoundList,
  type ParsedScript,
  type SyntaxNode,
  type Word,
  type WordPart,
} from '../syntax';
import { mayLeave } from './exit-status';
import { targetsIn, type Target } from './target';

export interface Paths {
  /** True where something in `node` is a target. */
  holds(node: SyntaxNode, source: Source): boolean;
  /** True where running `node` surely runs a target. */
  always(node: SyntaxNode, source: Source): boolean;
}

/** Loops that wait or go on: the token may expire, or the service may not answer yet when they start. */
export function isLongLoop(node: SyntaxNode, paths: Paths, source: Source): boolean {
  if (node.type !== 'While' && node.type !== 'For' && node.type !== 'ArithmeticFor' && node.type !== 'Select')
    return false;
  if (node.type === 'While') {
    if (paths.holds(node.clause, source)) return true;
    const condition =
      node.clause.commands.length === 1 ? source.text.slice(node.clause.pos, node.clause.end).trim() : '';
    if (/^(?:true|:|false|\[ 1 \]|\[\[ 1 \]\]|\(\( ?1 ?\)\))$/.test(condition)) return true;
  }
  return some(node.body, (child) => {
    if (child.type === 'Word') return false;
    return child.type === 'Command' && /^(?:sleep|wait|usleep)$/.test(child.name?.value ?? '');
  });
}

export function pathsTo(targets: readonly Target[]): Paths {
  const holds = (node: SyntaxNode, source: Source): boolean => targetsIn(node, source, targets).length > 0;

  const list = ({ commands }: CompoundList | ParsedScript, source: Source): boolean => {
    for (const statement of commands) {
      if (holds(statement, source) && always(statement.command, source)) return true;
      if (mayLeave(statement)) return false;
    }
    return false;
  };

  const word = (at: Word | undefined, source: Source): boolean =>
    at !== undefined && holds(at, source) && (at.parts ?? []).some((part) => inPart(part, source));

  const inPart = (part: WordPart, source: Source): boolean => {
    switch (part.type) {
      case 'DoubleQuoted':
      case 'LocaleString':
        return part.parts.some((child) => inPart(child, source));
      case 'CommandExpansion':
      case 'ProcessSubstitution': {
        const { script } = part;
        return script !== undefined && holds(part, source) && list(script, sourceWithin(part, source, targets));
      }
      case 'ArithmeticExpansion':
        return inside(part, source);
      default:
        // `${X:-$(...)}` runs only where X is empty.
        return false;
    }
  };

  /** Substitutions in arithmetic, all of which run. */
  const inside = (node: SyntaxNode, source: Source): boolean => {
    let found = false;
    forEachChild(node, (child) => {
      if (found || !holds(child, source)) return;
      if (child.type === 'ArithmeticCommandExpansion') found = child.script !== undefined && list(child.script, source);
      else if (child.type === 'CommandExpansion') found = inPart(child, source);
      else found = inside(child, source);
    });
    return found;
  };

  const always = (node: SyntaxNode, source: Source): boolean => {
    if (!holds(node, source)) return false;
    switch (node.type) {
      case 'Command': {
        if (targets.some(({ site }) => site.node === node)) return true;
        if (word(node.name, source)) return true;
        for (const arg of [...node.args, ...node.prefix]) {
          if (arg.type === 'Word' && word(arg, source)) return true;
          if (arg.type === 'Assignment') {
            if (arg.value.type === 'Word' && word(arg.value, source)) return true;
            if (arg.value.type === 'ArrayValue' && arg.value.elements.some((element) => word(element, source)))
              return true;
          }
        }
        return node.redirects.some((redirect) => {
          // What is in the body of a heredoc was given the place of its operator.
          if (redirect.type === 'HereDoc') return holds(redirect, source);
          return word(redirect.target, source);
        });
      }
      case 'Redirected':
        return (
          always(node.command, source) ||
          node.redirects.some((redirect) =>
            redirect.type === 'HereDoc' ? holds(redirect, source) : word(redirect.target, source),
          )
        );
      case 'Pipeline':
        return node.commands.some((command) => always(command, source));
      case 'AndOr': {
        const [first] = node.commands;
        return first !== undefined && always(first, source);
      }
      case 'If':
        return (
          list(node.clause, source) ||
          (node.else !== undefined &&
            list(node.else, source) &&
            list(node.then, source) &&
            node.elif.every((branch) => list(branch.then, source)))
        );
      case 'While':
        return list(node.clause, source);
      case 'For':
      case 'Select':
        return (node.wordlist ?? []).some((item) => word(item, source)) || list(node.body, source);
      case 'ArithmeticFor':
        return list(node.body, source);
      case 'Case':
        return (
          word(node.word, source) ||
          (node.items.some(({ pattern }) => pattern.some(({ text }) => text === '*')) &&
            node.items.every((item) => list(item.body, source)))
        );
      case 'Subshell':
      case 'BraceGroup':
        return list(node.body, source);
      case 'ArithmeticCommand':
        return inside(node, source);
      case 'Coproc':
        return node.body.type === 'CompoundList' ? list(node.body, source) : always(node.body, source);
      default:
        return false;
    }
  };
  return { holds, always };
}

/** The source of a substitution in a word: one of its own where a target stands in one, else that of the word. */
export function sourceWithin(
  part: { readonly pos: number; readonly end: number; readonly text: string },
  source: Source,
  targets: readonly Target[],
): Source {
  if (!part.text.startsWith('`')) return source;
  for (const { positions } of targets) {
    for (const child of positions.keys()) {
      if (child.parent !== source || child.role !== 'substitution') continue;
      const position = positions.get(source);
      if (position !== undefined && part.pos <= position && position < part.end) return child;
    }
  }
  return source;
}
