/** What the rules over programs say. */
import type { LocatedProgram } from './examine';
import type { Finding, Fix, Severity } from './finding';
import type { Script } from './hosts/host';
import type { Rewrite } from './program/program';
import { PlannedFinding } from './planned-finding';
import { PROGRAM_RULES } from './rules/registry';
import type { ProgramFinding, ProgramFix, ProgramRule, RuleMeta } from './rules/rule';
import type { Settings } from './settings';
import type { Range, TextEdit } from './text/range';

/** Private use, as placeholders are. */
const PLACEHOLDER = /[\uE000-\uF8FF]/;

/** Findings of one rule on one program, as the rule gave them. */
export interface ProgramResult extends LocatedProgram {
  readonly rule: ProgramRule;
  readonly findings: readonly ProgramFinding[];
}

export interface Failure {
  readonly ruleId: string;
  readonly error: unknown;
}

/** Runs every rule that is on over every program. A rule that throws loses its findings on that program and nothing else. */
export function checkPrograms(
  programs: readonly LocatedProgram[],
  settings: Settings,
): { readonly results: readonly ProgramResult[]; readonly failures: readonly Failure[] } {
  const results: ProgramResult[] = [];
  const failures: Failure[] = [];
  for (const located of programs) {
    for (const rule of PROGRAM_RULES) {
      if (settings.rules[rule.meta.id] === 'off') continue;
      try {
        const findings = rule.check(located.program, settings);
        if (findings.length > 0) results.push({ ...located, rule, findings });
      } catch (error) {
        failures.push({ ruleId: rule.meta.id, error });
      }
    }
  }
  return { results, failures };
}

export function severityOf(meta: RuleMeta, own: Severity | undefined, settings: Settings): Severity {
  const chosen = settings.rules[meta.id];
  return chosen === undefined || chosen === 'off' ? (own ?? meta.severity) : chosen;
}

/** The document's edits for a rewrite of the script, or undefined where one of them has no certain spelling there. */
export function hostEdits(rewrite: Rewrite | undefined, script: Script): readonly TextEdit[] | undefined {
  if (!rewrite || script.fixed) return undefined;
  const edits = script.map.toHostEdits(rewrite.edits);
  // What stands for something of the document means nothing in it.
  return edits?.some(({ newText }) => PLACEHOLDER.test(newText)) ? undefined : edits;
}

/** True where the document does not have what is found as it is in the script. */
const isElsewhere = (range: Range, host: Range): boolean => host.end - host.start !== range.end - range.start;

const keyOf = ({ program, rule }: ProgramResult, { range }: ProgramFinding): string =>
  `${rule.meta.id} ${program.text?.slice(range.start, range.end) ?? ''}`;

/** True for a finding that is told in other words where a value is only put in, and is. */
const isPutIn = ({ script }: ProgramResult, { range, messageElsewhere }: ProgramFinding): boolean =>
  messageElsewhere !== undefined && isElsewhere(range, script.map.toHost(range));

/** Leaves out what is put in again: a value is told of where it is written, or else where the document puts it in first. */
export function withoutRepeated(results: readonly ProgramResult[]): readonly ProgramResult[] {
  const told = new Set<string>();
  for (const result of results) {
    for (const finding of result.findings) {
      if (finding.messageElsewhere !== undefined && !isPutIn(result, finding)) told.add(keyOf(result, finding));
    }
  }
  return results.map((result) => {
    const isNew = (finding: ProgramFinding): boolean => {
      if (!isPutIn(result, finding)) return true;
      const key = keyOf(result, finding);
      const isFirst = !told.has(key);
      told.add(key);
      return isFirst;
    };
    const findings = result.findings.filter(isNew);
    return findings.length === result.findings.length ? result : { ...result, findings };
  });
}

export function programFindings(
  { rule, script, findings, owner }: ProgramResult,
  settings: Settings,
): readonly Finding[] {
  return findings.map((finding) => {
    const range = script.map.toHost(finding.range);
    return new PlannedFinding(
      {
        ruleId: rule.meta.id,
        severity: severityOf(rule.meta, finding.severity, settings),
        message: (isElsewhere(finding.range, range) ? finding.messageElsewhere : undefined) ?? finding.message,
        range,
        ...(finding.sensitive ? { sensitive: true } : {}),
        ...(owner === undefined ? {} : { resource: owner }),
        related: (finding.related ?? []).map(({ range, message }) => ({ range: script.map.toHost(range), message })),
      },
      () => finding.fixes.flatMap((fix) => toFix(fix, script) ?? []),
    );
  });
}

/** A fix that has no certain edits in the document is none. */
function toFix(fix: ProgramFix, script: Script): Fix | undefined {
  const rewritten = fix.rewrite();
  const edits = hostEdits(rewritten, script);
  if (!rewritten || !edits || edits.length === 0) return undefined;
  return { title: fix.title, safety: rewritten.safety, edits: () => edits };
}
