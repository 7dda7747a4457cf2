/** The edit that silences a finding by a comment. */
import type { Finding } from './finding';
import type { Document } from './index';
import { readSuppressions } from './suppressions';
import { lineIndex } from './text/line-index';
import type { TextEdit } from './text/range';

export function suppress(
  document: Document,
  finding: Finding,
  scope: 'line' | 'file',
): readonly TextEdit[] | undefined {
  const { text } = document;
  const lines = lineIndex(text);
  const line = lines.positionAt(finding.range.start).line;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const directive = scope === 'file' ? 'disable-file' : 'disable-next-line';
  const existing = readSuppressions(text, (offset) => lines.positionAt(offset).line).find(
    (suppression) => suppression.directive === directive && (scope === 'file' || suppression.line === line - 1),
  );
  if (existing)
    return [{ range: { start: existing.range.end, end: existing.range.end }, newText: `, ${finding.ruleId}` }];
  const at =
    scope === 'file'
      ? lines.lineStart(text.startsWith('#!') || text.startsWith('\uFEFF#!') ? 1 : 0)
      : lines.lineStart(line);
  // In the middle of a command that goes on over several lines there is no room for a comment.
  if (
    scope === 'line' &&
    line > 0 &&
    /\\$|[ \t]`$/.test(text.slice(lines.lineStart(line - 1), lines.lineEnd(line - 1)))
  )
    return undefined;
  const indent = scope === 'file' ? '' : (/^[ \t]*/.exec(text.slice(at, lines.lineEnd(line)))?.[0] ?? '');
  const start = at === 0 && text.startsWith('\uFEFF') ? 1 : at;
  return [{ range: { start, end: start }, newText: `${indent}# ec2-warden-${directive} ${finding.ruleId}${newline}` }];
}
