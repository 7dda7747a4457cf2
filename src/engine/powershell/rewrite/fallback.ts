/** Deletes a request that was kept for when there is no token. */
import type { Rewrite } from '../../program/program';
import type { Analysis } from '../analyse';
import type { Site } from '../sites';
import { child, named, walk, type Node } from '../syntax/parse';

/** Only where the request is all that an `else` or a `catch` does; a `catch` then throws what it caught. */
export function deleteFallback({ syntax: { text, roots } }: Analysis, site: Site | undefined): Rewrite | undefined {
  if (!site) return undefined;
  let rewrite: Rewrite | undefined;
  for (const root of roots) {
    walk(root, (node) => {
      if (node.start > site.node.start || node.end < site.node.end) return false;
      const block = child(node, 'statement_block');
      const statement = block && onlyStatement(block, site);
      if (node.type === 'else_clause' && statement) {
        const from = text.slice(0, node.start).trimEnd().length;
        rewrite = { safety: 'suggestion', edits: [{ range: { start: from, end: node.end }, newText: '' }] };
      }
      if (node.type === 'catch_clause' && statement) {
        const { start, end } = statement;
        rewrite = { safety: 'suggestion', edits: [{ range: { start, end }, newText: 'throw' }] };
      }
      return true;
    });
  }
  return rewrite;
}

/** The statement of a block that does nothing but the request, or assign what it gives. */
function onlyStatement(block: Node, { node }: Site): Node | undefined {
  const list = child(block, 'statement_list');
  const [only, ...more] = list ? named(list) : [];
  if (!only || more.length > 0) return undefined;
  if (only.start === node.start && only.end === node.end) return only;
  const value =
    only.type === 'assignment_expression' ? only.children.find(({ field }) => field === 'value') : undefined;
  return value?.start === node.start && value.end === node.end ? only : undefined;
}
