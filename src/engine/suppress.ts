/** The edit that silences a finding by a comment. */
import type { LocatedProgram } from './examine';
import type { Finding } from './finding';
import { syntaxOf } from './hosts/literals/languages';
import type { Document } from './index';
import { isWithinText } from './shell/within-text';
import { readSuppressions, type Directive } from './suppressions';
import { lineIndex, type LineIndex } from './text/line-index';
import { applyEdits } from './text/edits';
import { newlineOf } from './text/newline';
import type { Range, TextEdit } from './text/range';

/** Lines that mean something only where they are: shebangs, cloud-init's and Docker's marks, the encoding of a source file, EC2Launch's tags. */
const TOP =
  /^(?:#!|## template:|#(?:cloud-|include|part-handler|upstart-job)|#[ \t]*(?:syntax|escape|check)[ \t]*=|#.{0,80}coding[:=]|<(?:powershell|script)>)/i;
const MAIL = /^(?:Content-Type|MIME-Version|From)\b/i;
const JSON_TEXT = /^\s*(?:\{\s*(?:["}]|$)|\[\s*(?:["[{\]]|$))/;

/**
 * @param programsIn every program in the document
 * @returns undefined where there is no room for a comment
 */
export function suppress(
  document: Document,
  finding: Finding,
  scope: 'line' | 'file',
  programsIn: () => readonly LocatedProgram[],
): readonly TextEdit[] | undefined {
  const { text } = document;
  const lines = lineIndex(text);
  const line = lines.positionAt(finding.range.start).line;
  const directive = scope === 'file' ? 'disable-file' : 'disable-next-line';
  const existing = readSuppressions(text, lines).find(
    (suppression) => suppression.directive === directive && (scope === 'file' || suppression.line === line - 1),
  );
  if (existing) return insert(existing.range.end, `, ${finding.ruleId}`);
  return scope === 'file' && !MAIL.test(text)
    ? atTop(document, lines, finding)
    : above(document, lines, line, finding, directive, programsIn);
}

function insert(at: number, newText: string): readonly TextEdit[] {
  return [{ range: { start: at, end: at }, newText }];
}

/** What begins a comment in the document itself; undefined where nothing does. */
function commentSign({ uri, text, languageId }: Document): string | undefined {
  if (JSON_TEXT.test(text)) return languageId === 'jsonc' ? '//' : undefined;
  return syntaxOf(uri, languageId)?.lineComments[0] ?? '#';
}

function atTop(document: Document, lines: LineIndex, { ruleId }: Finding): readonly TextEdit[] | undefined {
  const { text } = document;
  const sign = commentSign(document);
  if (sign === undefined) return undefined;
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 0;
  const startOf = (): number => (line === 0 ? mark : lines.lineStart(line));
  while (TOP.test(text.slice(startOf(), lines.lineEnd(line)))) line++;
  return insert(startOf(), `${sign} ec2-warden-disable-file ${ruleId}${newlineOf(text)}`);
}

/** On a line of its own above the finding's. */
function above(
  document: Document,
  lines: LineIndex,
  line: number,
  finding: Finding,
  directive: Directive,
  programsIn: () => readonly LocatedProgram[],
): readonly TextEdit[] | undefined {
  const { text } = document;
  const start = lines.lineStart(line);
  const before = line > 0 ? text.slice(lines.lineStart(line - 1), lines.lineEnd(line - 1)) : '';
  // In the middle of a command that goes on over several lines there is no room for a comment.
  if (/\\$|[ \t]`$/.test(before)) return undefined;
  const indent = /^\uFEFF?([ \t]*)/.exec(text.slice(start, lines.lineEnd(line))) ?? [''];
  const first = start + indent[0].length;
  const words = `ec2-warden-${directive} ${finding.ruleId}`;
  const located = innermost(programsIn(), start, first);
  if (located) {
    const at = lineAt(located, { start, end: first });
    if (at !== undefined) {
      const { script } = located;
      if (
        script.language === 'shell' &&
        isWithinText(script.text, at, (range) => holds(script.map.toHost(range), finding))
      )
        return undefined;
      const own = /^[ \t]*/.exec(script.text.slice(at))?.[0] ?? '';
      const edits = script.map
        .toHostEdits([{ range: { start: at, end: at }, newText: `${own}# ${words}\n` }])
        ?.map((edit) => ({ ...edit, newText: edit.newText.replace(/\r?\n/g, newlineOf(text)) }));
      if (edits && isComment(applyEdits(text, edits), line, finding, directive)) return edits;
    }
    // In a text that is put together of several there may be room between two; within one that goes over lines there is none.
    if (!/^(?:- |["'`])/.test(text.slice(first))) return undefined;
  }
  const sign = commentSign(document);
  if (sign === undefined) return undefined;
  return insert(
    text.startsWith('\uFEFF') && start === 0 ? 1 : start,
    `${indent[1] ?? ''}${sign} ${words}${newlineOf(text)}`,
  );
}

function holds({ start, end }: Range, { range }: Finding): boolean {
  return start <= range.start && range.start < end;
}

/** The smallest program that the line is in. */
function innermost(programs: readonly LocatedProgram[], start: number, first: number): LocatedProgram | undefined {
  let best: { readonly located: LocatedProgram; readonly size: number } | undefined;
  for (const located of programs) {
    const { script } = located;
    const range = script.map.toHost({ start: 0, end: script.text.length });
    const size = range.end - range.start;
    if (range.start <= first && start < range.end && (!best || size < best.size)) best = { located, size };
  }
  return best?.located;
}

/** Where a line of the program begins that begins in the span of the document. */
function lineAt({ script: { text, map } }: LocatedProgram, { start, end }: Range): number | undefined {
  for (let at = 0; at < text.length;) {
    const host = map.toHost({ start: at, end: at + 1 }).start;
    if (host >= start && host <= end) return at;
    const newline = text.indexOf('\n', at);
    if (newline === -1) return undefined;
    at = newline + 1;
  }
  return undefined;
}

/** True where a comment that says so, and no more, stands in the line. */
function isComment(text: string, line: number, { ruleId }: Finding, directive: Directive): boolean {
  const lines = lineIndex(text);
  return readSuppressions(text, lines).some(
    (each) => each.line === line && each.directive === directive && each.rules.join() === ruleId,
  );
}
