import { fixAll } from './fix-all';
import { declaredIn } from './launches';
import { configurationFindings, isConfiguration } from './config/configuration';
import { findConfiguration } from './config/find-configuration';
import type { Finding, Fix } from './finding';
import { grammarsFrom, NO_GRAMMARS, type GrammarSource } from './grammar/grammars';
import type { HostDocument } from './hosts/host';
import type { Surroundings } from './hosts/surroundings';
import { prepare } from './prepare';
import type { Document, Engine, LintResult } from './index';
import { checkPrograms, programFindings, withoutRepeated } from './check-programs';
import { checkCalls, checkResources, resourceFindings } from './check-resources';
import { embeddedScripts, type EmbeddedScript } from './embedded-scripts';
import { examine, hostOf, type Examined } from './examine';
import { PROGRAM_RULES, RESOURCE_RULES } from './rules/registry';
import { INVALID_CONFIGURATION } from './rules/invalid-configuration';
import type { RuleMeta } from './rules/rule';
import { INVALID_SUPPRESSION, UNUSED_SUPPRESSION } from './rules/suppressions';
import { DEFAULT_SETTINGS, type Settings } from './settings';
import { suppress } from './suppress';
import { applySuppressions, readSuppressions, withoutRule, type Suppression } from './suppressions';
import { lineIndex, type LineIndex } from './text/line-index';

const RULES = [
  ...[...PROGRAM_RULES, ...RESOURCE_RULES].map(({ meta }) => meta),
  UNUSED_SUPPRESSION,
  INVALID_SUPPRESSION,
  INVALID_CONFIGURATION,
];
const ABOUT_SETTINGS = new Set([UNUSED_SUPPRESSION.id, INVALID_SUPPRESSION.id, INVALID_CONFIGURATION.id]);
const RULE_IDS = RULES.map(({ id }) => id);

function toHostDocument({ uri, text, languageId }: Document): HostDocument {
  return { name: uri, text, ...(languageId === undefined ? {} : { languageId }) };
}

function linesOf({ range }: { readonly range: Finding['range'] }, lines: LineIndex): { first: number; last: number } {
  return {
    first: lines.positionAt(range.start).line,
    last: lines.positionAt(Math.max(range.start, range.end - 1)).line,
  };
}

/** Findings about the comments themselves. */
function aboutSuppressions(
  text: string,
  suppressions: readonly Suppression[],
  unused: readonly { readonly suppression: Suppression; readonly rule: string }[],
  settings: Settings,
): readonly Finding[] {
  const ids = new Set(RULES.map(({ id }) => id));
  const findings: Finding[] = [];
  const add = (meta: RuleMeta, { range }: Suppression, message: string, fixes: readonly Fix[] = []): void => {
    const chosen = settings.rules[meta.id];
    if (chosen === 'off') return;
    findings.push({ ruleId: meta.id, severity: chosen ?? meta.severity, message, range, related: [], fixes });
  };
  for (const suppression of suppressions) {
    if (suppression.directive === 'enable') continue;
    if (suppression.rules.length === 0) {
      add(
        INVALID_SUPPRESSION,
        suppression,
        `Name the rules to disable: ec2-warden-${suppression.directive} RULE -- reason. Without one nothing is disabled.`,
      );
    }
    for (const rule of suppression.rules) {
      if (!ids.has(rule)) add(INVALID_SUPPRESSION, suppression, `There is no rule "${rule}".`);
    }
  }
  for (const { suppression, rule } of unused) {
    if (!ids.has(rule) || settings.rules[rule] === 'off') continue;
    const edit = withoutRule(text, suppression, rule);
    const title = suppression.rules.length > 1 ? `Remove ${rule} from this comment` : 'Remove this comment';
    const fix: Fix | undefined = edit && { title, safety: 'suggestion', edits: () => [edit] };
    const message = `${rule} has nothing to say here: this comment can go.`;
    add(UNUSED_SUPPRESSION, suppression, message, fix && [fix]);
  }
  return findings;
}

/** The same text may be read more than once, as two resources may share a script. */
function once(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ ruleId, range, message }) => {
    const key = `${ruleId}:${String(range.start)}:${String(range.end)}:${message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (a, b) => a.range.start - b.range.start || a.range.end - b.range.end || (a.ruleId < b.ruleId ? -1 : 1),
  );
}

function lint(document: Document, examineOnce: () => Examined, settings: Settings): LintResult {
  if (isConfiguration(document.uri)) {
    const findings = inOrder(configurationFindings(document.text, RULE_IDS, settings));
    return { kind: 'EC2 Warden configuration', findings, failures: [] };
  }
  const host = hostOf(toHostDocument(document));
  if (!host) return { kind: undefined, findings: [], failures: [] };
  const hasComments = document.text.includes('ec2-warden-');
  if (!host.couldMatter(document.text) && !hasComments) return { kind: host.label, findings: [], failures: [] };
  const examined = examineOnce();
  const ofPrograms = checkPrograms(examined.programs, settings);
  const ofResources = checkResources(examined, settings);
  const ofCalls = checkCalls(examined.programs, settings);
  const failures = [...ofPrograms.failures, ...ofResources.failures, ...ofCalls.failures];
  const found = once([
    ...withoutRepeated(ofPrograms.results).flatMap((result) => programFindings(result, settings)),
    ...ofResources.results.flatMap((result) => resourceFindings(result, settings)),
    ...ofCalls.findings,
  ]);
  if (!hasComments) return { kind: host.label, findings: inOrder(found), failures };
  const lines = lineIndex(document.text);
  const suppressions = readSuppressions(document.text, lines);
  const { kept, unused } = applySuppressions(found, suppressions, (finding) => ({
    ruleId: finding.ruleId,
    lines: linesOf(finding, lines),
  }));
  const findings = [...kept, ...aboutSuppressions(document.text, suppressions, unused, settings)];
  return { kind: host.label, findings: inOrder(findings), failures };
}

function scriptsOf({ text }: Document, { programs }: Examined, settings: Settings): readonly EmbeddedScript[] {
  const lines = lineIndex(text);
  const suppressions = readSuppressions(text, lines);
  const isKept = (finding: Finding): boolean =>
    applySuppressions([finding], suppressions, ({ ruleId }) => ({ ruleId, lines: linesOf(finding, lines) })).kept
      .length > 0;
  return embeddedScripts(text, programs, (located) =>
    checkPrograms([located], settings).results.flatMap((result) => {
      const inDocument = programFindings(result, settings);
      return result.findings.flatMap(({ range }, index) => {
        const finding = inDocument[index];
        return finding && isKept(finding) ? [{ ...finding, range }] : [];
      });
    }),
  );
}

/** Makes the engine. Without a source of grammars, Terraform and PowerShell are passed over. */
export function createEngine(grammarSource?: GrammarSource): Engine {
  const grammars = grammarSource ? grammarsFrom(grammarSource) : NO_GRAMMARS;
  const surroundingsOf = ({ surroundings }: Document): Surroundings => surroundings ?? { grammars, files: new Map() };
  // A document never changes, so what is in it does not either. Only the last one: a WeakMap of more holds what is in all of them for too long.
  let last: { readonly document: Document; readonly examined: Examined } | undefined;
  const examineOnce = (document: Document): Examined => {
    if (last?.document !== document) {
      last = { document, examined: examine(toHostDocument(document), surroundingsOf(document)) };
    }
    return last.examined;
  };
  return {
    prepare: async (document, files) => ({
      ...document,
      surroundings: await prepare(toHostDocument(document), grammars, files),
    }),
    rules: RULES,
    configurationOf: (uri, files) => findConfiguration(uri, files, RULE_IDS),
    couldMatter: (document) => {
      if (isConfiguration(document.uri)) return true;
      const host = hostOf(toHostDocument(document));
      return host !== undefined && (host.couldMatter(document.text) || document.text.includes('ec2-warden-'));
    },
    lint: (document, settings = DEFAULT_SETTINGS) => lint(document, () => examineOnce(document), settings),
    scripts: (document, settings = DEFAULT_SETTINGS) => scriptsOf(document, examineOnce(document), settings),
    declared: (document) => declaredIn(toHostDocument(document), surroundingsOf(document), examineOnce(document)),
    fixAll: (document, settings = DEFAULT_SETTINGS, only = () => true) =>
      fixAll(toHostDocument(document), surroundingsOf(document), settings, (ruleId, range, text) => {
        if (!only(ruleId)) return false;
        const lines = lineIndex(text);
        const suppressions = readSuppressions(text, lines);
        const located = { ruleId, lines: linesOf({ range }, lines) };
        return applySuppressions([range], suppressions, () => located).kept.length > 0;
      }),
    suppress: (document, finding, scope) =>
      // Findings about comments and settings are not silenced by comments.
      ABOUT_SETTINGS.has(finding.ruleId)
        ? undefined
        : suppress(document, finding, scope, () => examineOnce(document).programs),
  };
}
