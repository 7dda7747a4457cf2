/** What the rules over resources say. */
import { hostEdits, severityOf, type Failure } from './check-programs';
import type { Examined } from './examine';
import type { Finding, Fix } from './finding';
import { RESOURCE_RULES } from './rules/registry';
import type { OwnedProgram, ResourceContext, ResourceFinding, ResourceFix, ResourceRule } from './rules/resource-rule';
import type { Settings } from './settings';
import type { Range } from './text/range';

export interface ResourceResult {
  readonly rule: ResourceRule;
  readonly findings: readonly ResourceFinding[];
}

export function checkResources(
  { programs, graph }: Examined,
  settings: Settings,
): { readonly results: readonly ResourceResult[]; readonly failures: readonly Failure[] } {
  if (graph.resources.length === 0) return { results: [], failures: [] };
  const owned = new Map<string, OwnedProgram[]>();
  for (const { program, script, owner } of programs) {
    if (owner === undefined) continue;
    const known: OwnedProgram = {
      program,
      toDocument: (range) => script.map.toHost(range),
      editsInDocument: (rewrite) => hostEdits(rewrite, script),
    };
    owned.set(owner, [...(owned.get(owner) ?? []), known]);
  }
  const context: ResourceContext = { graph, settings, programsOf: (address) => owned.get(address) ?? [] };
  const results: ResourceResult[] = [];
  const failures: Failure[] = [];
  for (const rule of RESOURCE_RULES) {
    if (settings.rules[rule.meta.id] === 'off') continue;
    try {
      const findings = rule
        .check(context)
        .filter(({ silenced, range }) => isHere(range) && silenced?.has(rule.meta.id) !== true);
      if (findings.length > 0) results.push({ rule, findings });
    } catch (error) {
      failures.push({ ruleId: rule.meta.id, error });
    }
  }
  return { results, failures };
}

/** False for what stands in another file of the configuration, which is judged when that is. */
function isHere({ start }: Range): boolean {
  return start >= 0;
}

export function resourceFindings({ rule, findings }: ResourceResult, settings: Settings): readonly Finding[] {
  return findings.map((finding) => {
    let fixes: readonly Fix[] | undefined;
    return {
      ruleId: rule.meta.id,
      severity: severityOf(rule.meta, finding.severity, settings),
      message: finding.message,
      range: finding.range,
      resource: finding.resource,
      related: (finding.related ?? []).filter(({ range }) => isHere(range)),
      get fixes(): readonly Fix[] {
        fixes ??= (finding.fixes ?? []).flatMap((fix) => toFix(fix) ?? []);
        return fixes;
      },
    };
  });
}

/** A fix that has no certain edits is none. */
function toFix(fix: ResourceFix): Fix | undefined {
  const edits = fix.edits();
  if (!edits || edits.length === 0) return undefined;
  const { title, safety, input } = fix;
  return {
    title,
    safety,
    ...(input ? { input } : {}),
    edits: (typed) => (typed === undefined ? edits : (fix.edits(typed) ?? edits)),
  };
}
