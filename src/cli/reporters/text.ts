import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import pc from 'picocolors';
import type { Severity } from '../../engine';
import type { Outcome, ReportedFinding } from '../outcome';
import { lineIndexes, placeOf } from '../place';
import { SEVERITIES } from '../severity';
import { concealment } from './conceal';
import { printable } from './display';
import { excerpt } from './excerpt';
import type { Report, Reporter } from './report';

type Colors = ReturnType<typeof pc.createColors>;

/** The format `text`, for people: grouped by file, each finding with its line of source, and a count at the end. */
export const text: Reporter = (report) => {
  const colors = pc.createColors(report.color);
  const files = report.outcomes
    .filter(({ findings }) => findings.length > 0)
    .map((outcome) => fileSection(outcome, report, colors));
  return [...files, `${closing(report, colors)}\n`].join('\n');
};

function fileSection(outcome: Outcome, { columns, cwd }: Report, colors: Colors): string {
  const { input, text, findings } = outcome;
  const page: Page = {
    ...{ columns, cwd, indexes: lineIndexes(outcome) },
    text: concealment(findings, text).source(text),
  };
  const sections = findings.map((finding) => findingSection(finding, page, colors));
  return `${colors.underline(printable(input.file))}\n${sections.join('\n')}`;
}

/** What findings of one file are shown on. */
interface Page {
  /** Without secrets. */
  readonly text: string;
  readonly indexes: ReturnType<typeof lineIndexes>;
  readonly columns: number;
  readonly cwd: string;
}

function findingSection(finding: ReportedFinding, { text, indexes, columns, cwd }: Page, colors: Colors): string {
  const { severity, message, ruleId, range, related, fixes, resource } = finding;
  const index = indexes.own;
  const { line, column, endLine, endColumn } = placeOf(index, range);
  const start = index.lineStart(line - 1);
  const source = text.slice(start, index.lineEnd(line - 1));
  const number = String(line).padStart(5);
  const room = Math.max(columns - number.length - 3, 40);
  const shown = excerpt(source, column - 1, endLine === line ? endColumn - 1 : source.length, room);
  const paint = painter(severity, colors);
  const margin = ' '.repeat(number.length);
  const lines = [
    `  ${line}:${column}  ${paint(severity)}  ${printable(message)}  ${colors.dim(ruleId)}`,
    `${colors.dim(`${number} |`)} ${shown.source}`,
    `${colors.dim(`${margin} |`)} ${paint(shown.underline)}`,
  ];
  const note = (text: string): number => lines.push(`${margin} ${colors.dim('=')} ${text}`);
  if (resource !== undefined) note(`in ${printable(resource)}`);
  for (const { uri, range: other, message: why } of related) {
    const where = indexes.of(uri);
    if (where === undefined) continue;
    const at = placeOf(where, other);
    const file = uri === undefined ? '' : `${printable(path.relative(cwd, fileURLToPath(uri)))}:`;
    note(`${file}${at.line}:${at.column}: ${printable(why)}`);
  }
  for (const { title, safety } of fixes) {
    note(safety === 'safe' ? `${colors.green('fix')}: ${printable(title)}` : `suggestion: ${printable(title)}`);
  }
  return `${lines.join('\n')}\n`;
}

/** The last line: how much of what, and what can be done about it. */
function closing({ outcomes }: Report, colors: Colors): string {
  const linted = outcomes.filter(({ state }) => state === 'linted').length;
  const findings = outcomes.flatMap((outcome) => outcome.findings);
  if (findings.length === 0) {
    const others = outcomes.filter(({ state }) => state === 'unknown').length;
    return noFindings(linted, others, colors);
  }
  const parts = SEVERITIES.map((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? '' : painter(severity, colors)(plural(number, severity));
  }).filter((part) => part !== '');
  const affected = outcomes.filter((outcome) => outcome.findings.length > 0).length;
  const fixable = findings.filter(({ fixes }) => fixes.some(({ safety }) => safety === 'safe')).length;
  const hint = fixable === 0 ? '' : ` --fix puts ${fixable === findings.length ? 'all' : fixable} of them right.`;
  return `${count(findings.length, 'finding')} in ${affected} of ${count(linted, 'file')}: ${parts.join(', ')}.${hint}`;
}

/** Silence is explained: nobody is to take a file for safe that was not understood. */
function noFindings(linted: number, others: number, colors: Colors): string {
  const are = others === 1 ? 'is no script or template' : 'are no scripts or templates';
  if (linted > 0) {
    const clean = colors.green(`No findings in ${count(linted, 'file')}.`);
    return others === 0 ? clean : `${clean} ${count(others, 'other file')} ${are} that EC2 Warden reads.`;
  }
  return others === 0
    ? 'No file was linted.'
    : `Nothing was linted: ${count(others, 'file')} ${are} that EC2 Warden reads.`;
}

function painter(severity: Severity, colors: Colors): (text: string) => string {
  switch (severity) {
    case 'error':
      return colors.red;
    case 'warning':
      return colors.yellow;
    case 'information':
      return colors.blue;
    case 'hint':
      return colors.cyan;
  }
}

/** `1 warning`, `2 warnings`, but `2 information`. */
function plural(number: number, severity: Severity): string {
  return severity === 'information' ? `${number} ${severity}` : count(number, severity);
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
