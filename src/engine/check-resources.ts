/** What the rules over resources say. */
import { hostEdits, severityOf, type Failure } from './check-programs';
import type { DistantProgram, Examined, LocatedProgram } from './examine';
import { resourceGraph } from './ec2/graph';
import type { Finding, Fix, RelatedLocation } from './finding';
import type { Script } from './hosts/host';
import type { WayToDocument } from './program/program';
import { PlannedFinding } from './planned-finding';
import { RESOURCE_RULES } from './rules/registry';
import {
  fixesOf,
  type OwnedProgram,
  type ResourceContext,
  type ResourceFinding,
  type ResourceFix,
  type ResourceRule,
} from './rules/resource-rule';
import type { Settings } from './settings';
import { isDistant, isHere } from './text/range';

export interface ResourceResult {
  readonly rule: ResourceRule;
  readonly findings: readonly ResourceFinding[];
}

/** Resources of a document with the programs that belong to them. */
type Configuration = Pick<Examined, 'programs' | 'graph' | 'elsewhere'>;

export function checkResources(
  examined: Configuration,
  settings: Settings,
): { readonly results: readonly ResourceResult[]; readonly failures: readonly Failure[] } {
  const { graph } = examined;
  if (graph.resources.length === 0) return { results: [], failures: [] };
  const owned = byOwner(examined.programs);
  const context: ResourceContext = {
    graph,
    settings,
    programsOf: (address) => owned.get(address) ?? [],
    programsElsewhere: (address) => byOwner(examined.elsewhere(address)).get(address) ?? [],
  };
  const results: ResourceResult[] = [];
  const failures: Failure[] = [];
  for (const rule of RESOURCE_RULES) {
    if (settings.rules[rule.meta.id] === 'off') continue;
    try {
      const findings = rule
        .check(context)
        // What stands in another file of the configuration is judged when that is.
        .filter(({ silenced, range }) => isHere(range) && silenced?.has(rule.meta.id) !== true);
      if (findings.length > 0) results.push({ rule, findings });
    } catch (error) {
      failures.push({ ruleId: rule.meta.id, error });
    }
  }
  return { results, failures };
}

function wayToDocument(script: Script): WayToDocument {
  return { toDocument: (range) => script.map.toHost(range), editsInDocument: (rewrite) => hostEdits(rewrite, script) };
}

function byOwner(programs: readonly (LocatedProgram | DistantProgram)[]): ReadonlyMap<string, readonly OwnedProgram[]> {
  const owned = new Map<string, OwnedProgram[]>();
  for (const located of programs) {
    const { program, script, owner } = located;
    if (owner === undefined) continue;
    const known: OwnedProgram = {
      program,
      ...('uri' in located ? { uri: located.uri } : {}),
      ...wayToDocument(script),
    };
    owned.set(owner, [...(owned.get(owner) ?? []), known]);
  }
  return owned;
}

/**
 * The same over what programs make of EC2 by AWS's command line. Each program is a configuration of its own: what one does says nothing of what another does, or a
 * template. Findings are about the resource whose user data the program is, if it is one's.
 */
export function checkCalls(
  programs: readonly LocatedProgram[],
  settings: Settings,
): { readonly findings: readonly Finding[]; readonly failures: readonly Failure[] } {
  const checked = programs.flatMap(({ program, script, owner }) => {
    const resources = program.resources?.(wayToDocument(script)) ?? [];
    if (resources.length === 0) return [];
    const configuration: Configuration = { programs: [], elsewhere: () => [], graph: resourceGraph(resources) };
    return [{ ...checkResources(configuration, settings), owner }];
  });
  return {
    findings: checked.flatMap(({ results, owner }) =>
      results.flatMap((result) => resourceFindings(result, settings, () => owner)),
    ),
    failures: checked.flatMap(({ failures }) => failures),
  };
}

/** @param resourceOf what a finding is about */
export function resourceFindings(
  { rule, findings }: ResourceResult,
  settings: Settings,
  resourceOf: (finding: ResourceFinding) => string | undefined = ({ resource }) => resource,
): readonly Finding[] {
  return findings.map(
    (finding) =>
      new PlannedFinding(
        {
          ruleId: rule.meta.id,
          severity: severityOf(rule.meta, finding.severity, settings),
          message: finding.message,
          range: finding.range,
          ...optional(resourceOf(finding)),
          related: (finding.related ?? []).flatMap(located),
        },
        () => fixesOf(finding).flatMap((fix) => toFix(fix) ?? []),
      ),
  );
}

function optional(resource: string | undefined): Pick<Finding, 'resource'> {
  return resource === undefined ? {} : { resource };
}

/** With the file that it is in, where that is another one; nowhere is no place to show. */
function located(related: RelatedLocation): readonly RelatedLocation[] {
  const { range, message } = related;
  if (isDistant(range)) return [{ uri: range.uri, range: range.there, message }];
  return isHere(range) ? [related] : [];
}

/** A fix that has no certain edits is none. */
function toFix(fix: ResourceFix): Fix | undefined {
  const edits = fix.edits();
  const elsewhere = fix.elsewhere ? fix.elsewhere() : [];
  if (!edits || !elsewhere || edits.length + elsewhere.length === 0) return undefined;
  const { title, safety, input } = fix;
  return {
    title,
    safety,
    ...(input ? { input } : {}),
    ...(elsewhere.length > 0 ? { elsewhere: (typed) => fix.elsewhere?.(typed) ?? elsewhere } : {}),
    edits: (typed) => (typed === undefined ? edits : (fix.edits(typed) ?? edits)),
  };
}
