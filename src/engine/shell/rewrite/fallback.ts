/** Deletes a request that was kept for when there is no token. */
import type { Rewrite } from '../../program/program';
import { programSource } from '../../program/source';
import type { ShellAnalysis } from '../analyse';
import type { Site } from '../sites';
import { forEachChild, type CompoundList, type SyntaxNode } from '../syntax';

/** Only where the request is all that an `else` branch or the part behind `||` does. */
export function deleteFallback(analysis: ShellAnalysis, site: Site | undefined): Rewrite | undefined {
  const [reading] = site ? [...site.times.values()].flat() : [];
  if (!site || reading?.request.invocation.source !== analysis.source) return undefined;
  if (programSource(reading.request.invocation.source) !== analysis.source) return undefined;
  const { text } = analysis.source;
  let edit: Rewrite | undefined;
  const visit = (node: SyntaxNode): void => {
    if (site.node.pos < node.pos || site.node.end > node.end) return;
    if (node.type === 'AndOr') {
      const index = node.commands.findIndex((part) => part.pos <= site.node.pos && site.node.end <= part.end);
      const before = node.commands[index - 1];
      const part = node.commands[index];
      if (
        before &&
        part &&
        node.operators[index - 1] === '||' &&
        index === node.commands.length - 1 &&
        isOnly(part, site)
      ) {
        edit = { safety: 'suggestion', edits: [{ range: { start: before.end, end: part.end }, newText: '' }] };
      }
    }
    if (node.type === 'If' && node.else && node.elif.length === 0 && isOnlyStatement(node.else, site)) {
      const start = text.lastIndexOf('else', node.else.pos);
      let from = start;
      while (text[from - 1] === ' ' || text[from - 1] === '\t') from--;
      const until = node.else.end + (/^[ \t;]*\n?[ \t]*/.exec(text.slice(node.else.end))?.[0].length ?? 0);
      const closing = /^[ \t;]*\n?([ \t]*)/.exec(text.slice(node.else.end))?.[1] ?? '';
      if (start > node.then.end - 1)
        edit = { safety: 'suggestion', edits: [{ range: { start: from, end: until }, newText: closing }] };
    }
    forEachChild(node, visit);
  };
  visit(analysis.script);
  return edit;
}

function isOnlyStatement(list: CompoundList, site: Site): boolean {
  const [only] = list.commands;
  return list.commands.length === 1 && only !== undefined && isOnly(only.command, site);
}

/** True where the node does nothing but the request, or assign what it gives. */
function isOnly(node: SyntaxNode, site: Site): boolean {
  if (node === site.node) return true;
  if (node.type === 'Pipeline') return node.commands.includes(site.node);
  if (node.type !== 'Command' || node.name || node.prefix.length !== 1) return false;
  const [assignment] = node.prefix;
  return assignment?.type === 'Assignment' && assignment.pos <= site.node.pos && site.node.end <= assignment.end;
}
