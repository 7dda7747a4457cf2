import pc from 'picocolors';
import type { Change, Outcome } from './outcome';
import { unifiedDiff } from './patch';
import { concealment } from './reporters/conceal';
import { harmless } from './reporters/display';

/** What `--fix` did: the changes as a diff, and their number. Empty where it changed nothing. */
export function fixReport(outcomes: readonly Outcome[], style: Style): string {
  const changes = changesOf(outcomes);
  return changes.length === 0 ? '' : `${diffs(changes, style, true)}${counted('Fixed', changes)}\n`;
}

/** All changes as one unified diff. In a terminal, where nothing takes it as a patch, secrets beside a change are hidden. */
export function changesDiff(outcomes: readonly Outcome[], style: Style): string {
  return diffs(changesOf(outcomes), style, style.terminal);
}

/** What `--fix-dry-run` says beside the diff. */
export function previewSummary(outcomes: readonly Outcome[]): string {
  const changes = changesOf(outcomes);
  const findings = outcomes.reduce((sum, outcome) => sum + outcome.findings.length, 0);
  if (changes.length === 0) return `ec2-warden: nothing to fix (${many(findings, 'finding')}).\n`;
  return `ec2-warden: ${counted('--fix would fix', changes)} Nothing was written.\n`;
}

/** How a diff is printed. Byte for byte, for `patch`, where it is neither for a terminal nor to be coloured. */
export interface Style {
  readonly color: boolean;
  readonly terminal: boolean;
}

interface FileChange {
  readonly file: string;
  /** Hides the secrets that a diff of the file would quote. */
  readonly conceal: (diff: string) => string;
  readonly change: Change;
}

function changesOf(outcomes: readonly Outcome[]): readonly FileChange[] {
  return outcomes.flatMap(({ input, change, findings, text }) =>
    change === undefined ? [] : [{ file: input.file, change, conceal: concealment(findings, text).quoted }],
  );
}

function diffs(changes: readonly FileChange[], style: Style, concealed: boolean): string {
  return changes.map((change) => diffOf(change, style, concealed)).join('');
}

function counted(verb: string, changes: readonly FileChange[]): string {
  const fixed = changes.reduce((sum, { change }) => sum + change.fixed, 0);
  return `${verb} ${many(fixed, 'finding')} in ${many(changes.length, 'file')}.`;
}

function diffOf({ file, change, conceal }: FileChange, { color, terminal }: Style, concealed: boolean): string {
  const whole = unifiedDiff(file, change.before, change.after);
  const exact = concealed ? conceal(whole) : whole;
  const diff = terminal ? harmless(exact) : exact;
  if (!color) return diff;
  const colors = pc.createColors(true);
  return diff
    .split('\n')
    .map((line, number) => {
      if (number < 2) return colors.bold(line);
      if (line.startsWith('@@')) return colors.cyan(line);
      if (line.startsWith('+')) return colors.green(line);
      return line.startsWith('-') ? colors.red(line) : line;
    })
    .join('\n');
}

function many(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
