/** What the exit status of a statement depends on, and what depends on it. POSIX XCU 2.8.2 and 2.9.1. */
import type { Source } from '../../program/source';
import {
  forEachChild,
  type AndOr,
  type ParsedScript,
  type PipelineNode,
  type Statement,
  type SyntaxNode,
  type Word,
} from '../syntax';
import type { Target } from './target';

/** The first command of a statement, which sees the exit status of what ran before. */
function firstCommand(node: AndOr | PipelineNode): SyntaxNode {
  switch (node.type) {
    case 'AndOr':
    case 'Pipeline': {
      const [first] = node.commands;
      return first ? firstCommand(first) : node;
    }
    case 'Redirected':
      return firstCommand(node.command);
    case 'If':
    case 'While': {
      const [first] = node.clause.commands;
      return first ? firstCommand(first.command) : node;
    }
    case 'Subshell':
    case 'BraceGroup': {
      const [first] = node.body.commands;
      return first ? firstCommand(first.command) : node;
    }
    case 'Case':
      return node.word;
    case 'For':
    case 'Select':
      return node.wordlist?.[0] ?? node.name;
    default:
      return node;
  }
}

/** True where the command reads the exit status of what ran before it, so that nothing may come between. */
export function readsStatus(command: AndOr | PipelineNode, source: Source): boolean {
  const first = firstCommand(command);
  return /\$\?|\$\{\?|PIPESTATUS/.test(source.text.slice(first.pos, first.end));
}

/** True where the statement may leave the list that it stands in; what a subshell or a substitution leaves is only itself. */
export function mayLeave(statement: Statement): boolean {
  return leaves(statement.command);
}

function leaves(node: SyntaxNode): boolean {
  if (node.type === 'Word' || node.type === 'Function' || node.type === 'Subshell') return false;
  if (node.type === 'Command') return /^(?:exit|return|break|continue|exec)$/.test(node.name?.value ?? '');
  let found = false;
  forEachChild(node, (child) => {
    found ||= leaves(child);
  });
  return found;
}

/**
 * True where it is certain that a failing request makes the command fail: it is the whole of it, or the whole of the substitution that is
 * assigned. In a pipeline it does under `pipefail` only.
 */
export function propagates(command: AndOr | PipelineNode, targets: readonly Target[], pipefail: boolean): boolean {
  const isTarget = (node: SyntaxNode): boolean => targets.some(({ site }) => site.node === node);
  const decides = (node: AndOr | PipelineNode): boolean =>
    isTarget(node) ||
    (node.type === 'Pipeline' && pipefail && node.prefixes.length === 0 && node.commands.some(isTarget));
  if (decides(command)) return true;
  if (command.type !== 'Command' || command.name) return false;
  const last = command.prefix[command.prefix.length - 1];
  if (last?.type !== 'Assignment' || last.value.type !== 'Word') return false;
  const [only, ...others] = substitutionsOf(last.value);
  const [statement, ...more] = only?.commands ?? [];
  return others.length === 0 && more.length === 0 && statement !== undefined && decides(statement.command);
}

function substitutionsOf(word: Word): readonly ParsedScript[] {
  const scripts: ParsedScript[] = [];
  for (const part of word.parts ?? []) {
    for (const child of part.type === 'DoubleQuoted' ? part.parts : [part]) {
      if (child.type === 'CommandExpansion' && child.script) scripts.push(child.script);
    }
  }
  return scripts;
}
