/** From a document to what its programs do, and what the rules say of that. */
import type { Finding, Fix, Severity } from './finding';
import type { Embedded, Host, HostDocument, Script } from './hosts/host';
import { HOSTS } from './hosts/registry';
import type { Surroundings } from './hosts/surroundings';
import type { Program, Rewrite } from './program/program';
import { PROGRAM_RULES } from './rules/registry';
import type { ProgramFinding, ProgramRule } from './rules/rule';
import type { Settings } from './settings';
import { LANGUAGES } from './languages';
import { compose, IDENTITY, type SourceMap } from './text/source-map';
import type { TextEdit } from './text/range';

/** A program with the way back to the document. */
export interface LocatedProgram {
  readonly program: Program;
  readonly script: Script;
}

/** Findings of one rule on one program, as the rule gave them. */
export interface RuleResult extends LocatedProgram {
  readonly rule: ProgramRule;
  readonly findings: readonly ProgramFinding[];
}

export interface Failure {
  readonly ruleId: string;
  readonly error: unknown;
}

/** Scripts in scripts in scripts: nobody nests deeper and means it. */
const MAX_DEPTH = 6;

export function hostOf(document: HostDocument): Host | undefined {
  return HOSTS.find((host) => host.recognises(document));
}

/** Every program in a document, in the documents that it holds, and in those that its programs write. */
export function programsOf(document: HostDocument, surroundings: Surroundings, depth = 0): readonly LocatedProgram[] {
  const host = hostOf(document);
  if (!host?.couldMatter(document.text)) return [];
  const own = (host.scripts?.(document, surroundings) ?? []).flatMap((script) => {
    const understood = LANGUAGES[script.language]?.understand(script, surroundings);
    if (!understood) return [];
    const { program, documents } = understood;
    return [{ program, script }, ...within(documents, surroundings, depth, script.map)];
  });
  return [...own, ...within(host.documents?.(document, surroundings) ?? [], surroundings, depth)];
}

/** Programs of documents in another one, with the way back to that. */
function within(
  documents: readonly Embedded[],
  surroundings: Surroundings,
  depth: number,
  outer: SourceMap = IDENTITY,
): readonly LocatedProgram[] {
  if (depth >= MAX_DEPTH) return [];
  return documents.flatMap(({ document, map }) =>
    programsOf(document, surroundings, depth + 1).map(({ program, script }) => ({
      program,
      script: { ...script, map: compose(compose(script.map, map), outer) },
    })),
  );
}

/** Runs every rule that is on over every program. A rule that throws loses its findings on that program and nothing else. */
export function check(
  programs: readonly LocatedProgram[],
  settings: Settings,
): { readonly results: readonly RuleResult[]; readonly failures: readonly Failure[] } {
  const results: RuleResult[] = [];
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

export function severityOf(rule: ProgramRule, finding: ProgramFinding, settings: Settings): Severity {
  const chosen = settings.rules[rule.meta.id];
  return chosen === undefined || chosen === 'off' ? (finding.severity ?? rule.meta.severity) : chosen;
}

/** The document's edits for a rewrite of the script, or undefined where one of them has no certain spelling there. */
export function hostEdits(rewrite: Rewrite | undefined, script: Script): readonly TextEdit[] | undefined {
  if (!rewrite || script.fixed) return undefined;
  return script.map.toHostEdits(rewrite.edits);
}

export function toFindings({ rule, script, findings }: RuleResult, settings: Settings): readonly Finding[] {
  return findings.map((finding) => {
    let fixes: readonly Fix[] | undefined;
    return {
      ruleId: rule.meta.id,
      severity: severityOf(rule, finding, settings),
      message: finding.message,
      range: script.map.toHost(finding.range),
      related: (finding.related ?? []).map(({ range, message }) => ({ range: script.map.toHost(range), message })),
      get fixes(): readonly Fix[] {
        fixes ??= finding.fixes.flatMap((fix) => {
          const { title } = fix;
          const rewritten = fix.rewrite();
          const edits = hostEdits(rewritten, script);
          return rewritten && edits && edits.length > 0
            ? [{ title, safety: rewritten.safety, edits: () => edits }]
            : [];
        });
        return fixes;
      },
    };
  });
}
