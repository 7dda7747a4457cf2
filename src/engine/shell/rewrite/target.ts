/** Requests that are to be given a token, with where they stand in each text around them. */
import { programSource, type Source } from '../../program/source';
import type { Reading, Site } from '../sites';
import { forEachChild, type HereDoc, type ParsedScript, type SyntaxNode } from '../syntax';

export interface Target {
  readonly site: Site;
  /** What is known of the request; any of its readings will do. */
  readonly reading: Reading;
  /** The text that the request stands in. */
  readonly source: Source;
  /** The program whose variables it sees. */
  readonly program: Source;
  /** Where it stands in each text from its own to the program's. */
  readonly positions: Map<Source, number>;
  /** A variable that surely holds a token there. */
  readonly reuse: string | undefined;
}

export function targetOf(site: Site, reading: Reading, reuse: string | undefined): Target {
  const { source } = reading.request.invocation;
  const positions = new Map<Source, number>();
  let position = site.node.pos;
  for (let at: Source | undefined = source; at; at = at.parent) {
    positions.set(at, position);
    if (at.role !== 'substitution') break;
    position = at.map.toHost({ start: position, end: position }).start;
  }
  return { site, reading, source, program: programSource(source), positions, reuse };
}

/** A request in the body of a heredoc runs where the heredoc's command does, so it is given the place of the operator. */
export function anchorInHereDocs(targets: readonly Target[], program: Source, script: ParsedScript): void {
  if (!program.text.includes('<<')) return;
  const heredocs: HereDoc[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'HereDoc') heredocs.push(node);
    // Heredocs in substitutions stand in the same text; words without one need no look.
    if (node.type === 'Word' && !node.text.includes('<<')) return;
    forEachChild(node, visit);
  };
  visit(script);
  for (const target of targets) {
    const position = target.positions.get(program);
    if (position === undefined) continue;
    const holder = heredocs.findLast(({ body }) => body.pos <= position && position < body.end);
    if (holder) target.positions.set(program, holder.pos);
  }
}

/** The targets that stand in `node`, which is a node of `source`. */
export function targetsIn(node: SyntaxNode, source: Source, targets: readonly Target[]): readonly Target[] {
  return targets.filter(({ positions }) => {
    const position = positions.get(source);
    return position !== undefined && node.pos <= position && position < node.end;
  });
}
