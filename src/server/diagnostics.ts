import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type Range,
} from 'vscode-languageserver';
import {
  lineIndex,
  type Engine,
  type Finding,
  type LineIndex,
  type Range as OffsetRange,
  type RuleMeta,
  type Severity,
} from '../engine';
import type { ClientTraits } from './client-traits';
import type { IdentifiedFinding } from './finding-id';
import type { Linted } from './linter';

/** What a diagnostic carries for the code action that follows it. */
export interface DiagnosticData {
  readonly id: string;
}

export const DIAGNOSTIC_SOURCE = 'ec2-warden';

export const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export type RuleLookup = (ruleId: string) => RuleMeta | undefined;

export function ruleLookup(engine: Engine): RuleLookup {
  const rules = new Map(engine.rules.map((rule) => [rule.id, rule]));
  return (ruleId) => rules.get(ruleId);
}

export function toDiagnostics(linted: Linted, rule: RuleLookup, client: ClientTraits): Diagnostic[] {
  return linted.findings.map((identified) => toDiagnostic(linted, identified, rule, client));
}

export function toDiagnostic(
  linted: Linted,
  { id, finding }: IdentifiedFinding,
  rule: RuleLookup,
  client: ClientTraits,
): Diagnostic {
  const href = rule(finding.ruleId)?.url;
  const data: DiagnosticData = { id };
  return {
    range: toRange(linted.lines, finding.range),
    severity: SEVERITY[finding.severity],
    code: finding.ruleId,
    ...(href !== undefined && { codeDescription: { href } }),
    source: DIAGNOSTIC_SOURCE,
    message: finding.message,
    ...(client.relatedInformation && finding.related.length > 0 && { relatedInformation: toRelated(linted, finding) }),
    data,
  };
}

function toRelated({ document, lines }: Linted, finding: Finding): DiagnosticRelatedInformation[] {
  return finding.related.flatMap(({ uri = document.uri, range, message }) => {
    const text = uri === document.uri ? undefined : document.surroundings?.files.get(uri);
    if (text === undefined && uri !== document.uri) return [];
    return [{ location: { uri, range: toRange(text === undefined ? lines : lineIndex(text), range) }, message }];
  });
}

export function toRange(lines: LineIndex, { start, end }: OffsetRange): Range {
  return { start: lines.positionAt(start), end: lines.positionAt(end) };
}
