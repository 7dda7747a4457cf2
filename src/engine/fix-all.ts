/** One plan for everything that has a safe fix. */
import type { HostDocument } from './hosts/host';
import type { Surroundings } from './hosts/surroundings';
import { checkPrograms, hostEdits, type ProgramResult } from './check-programs';
import { checkResources } from './check-resources';
import { examine } from './examine';
import { fixesOf } from './rules/resource-rule';
import type { ProgramFinding } from './rules/rule';
import type { Settings } from './settings';
import { composeEdits } from './text/compose';
import { applyEdits } from './text/edits';
import type { Range, TextEdit } from './text/range';

/** A fix may make room for another one, such as that of the request it adds; more rounds than this mean that two are at odds. */
const MAX_ROUNDS = 10;

/** Whether a finding at a place of the text is to be put right. */
export type IsWanted = (ruleId: string, range: Range, text: string) => boolean;

export function fixAll(
  document: HostDocument,
  surroundings: Surroundings,
  settings: Settings,
  isWanted: IsWanted,
): readonly TextEdit[] {
  let { text } = document;
  let edits: readonly TextEdit[] = [];
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = planRound({ ...document, text }, surroundings, settings, isWanted);
    if (next.length === 0) break;
    edits = composeEdits(document.text.length, edits, next);
    text = applyEdits(text, next);
  }
  return edits;
}

function planRound(
  document: HostDocument,
  surroundings: Surroundings,
  settings: Settings,
  isWanted: IsWanted,
): readonly TextEdit[] {
  const accepted: TextEdit[] = [];
  const examined = examine(document, surroundings);
  for (const result of checkPrograms(examined.programs, settings).results) {
    const { rule, program, script } = result;
    const fixable = result.findings.filter(
      (finding) =>
        isWanted(rule.meta.id, script.map.toHost(finding.range), document.text) && safeEdits(finding, result),
    );
    const together = rule.together && fixable.length > 1 ? rule.together(program, fixable, settings) : undefined;
    const whole = together?.safety === 'safe' ? hostEdits(together, script) : undefined;
    if (whole && accept(accepted, whole)) continue;
    // Where the findings cannot be put right together, those that can be are, one a round if they meet.
    for (const finding of fixable) accept(accepted, safeEdits(finding, result) ?? []);
  }
  for (const { rule, findings } of checkResources(examined, settings).results) {
    for (const finding of findings) {
      const { range } = finding;
      // What edits other files, too, is for somebody to choose.
      const fix = fixesOf(finding).find((each) => each.safety === 'safe' && !('elsewhere' in each));
      if (fix && isWanted(rule.meta.id, range, document.text)) accept(accepted, fix.edits() ?? []);
    }
  }
  return accepted;
}

function safeEdits(finding: ProgramFinding, { script }: ProgramResult): readonly TextEdit[] | undefined {
  for (const fix of finding.fixes) {
    const rewrite = fix.rewrite();
    const edits = rewrite?.safety === 'safe' ? hostEdits(rewrite, script) : undefined;
    if (edits && edits.length > 0) return edits;
  }
  return undefined;
}

function sameEdit(a: TextEdit, b: TextEdit): boolean {
  return a.range.start === b.range.start && a.range.end === b.range.end && a.newText === b.newText;
}

function conflicts(a: TextEdit, b: TextEdit): boolean {
  return a.range.start < b.range.end && b.range.start < a.range.end;
}

/** Adds edits as a whole or not at all. The same edit asked for twice is one. */
function accept(accepted: TextEdit[], edits: readonly TextEdit[]): boolean {
  if (edits.some((edit) => accepted.some((other) => conflicts(edit, other)))) return false;
  // Two fixes that both put a line at one place would do the same thing twice; the next round sees what is left.
  const repeated = edits.filter((edit) => accepted.some((other) => sameEdit(edit, other)));
  if (repeated.length > 0) return repeated.length === edits.length;
  accepted.push(...edits);
  return true;
}
