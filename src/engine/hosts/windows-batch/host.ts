/**
 * Batch files of Windows, and the `<script>` of its user data: the requests of `curl`, and programs for PowerShell. How cmd.exe reads a line is Microsoft
 * Learn's "cmd" and "for". Nothing is rewritten: it has no way to keep what a command prints in one line.
 */
import { placeholderTable } from '../../program/placeholders';
import { UNKNOWN } from '../../program/value';
import { scriptBuilder, UNWRITABLE } from '../../text/source-map';
import { powershellProgram } from '../embedding/windows-command';
import { mentions } from '../embedding/mention';
import type { Embedded, Host, HostDocument } from '../host';
import { readOnly, type Piece } from '../piece';

const NAME = /\.(?:bat|cmd)$/i;
const SILENT = /^[\s@]{0,80}(?:rem\b|::|echo\b|set\b)/i;
/** Where a command may begin: a line, a block, what `for /f` runs, behind another. */
const COMMAND =
  /(?:^|[&|(@]|\(["'`]|\b(?:do|else|call)[ \t]|"[ \t]*==[ \t]*"[^"\n]{0,200}"[ \t])[ \t]{0,80}(?:"?[\w:%.\\-]{1,200}\\)?((?:curl|wget|powershell|pwsh)(?:\.exe)?"?[ \t])/gi;
/** More commands in one line are not looked at. */
const MAX_COMMANDS = 50;
/** `%NAME%`, `!NAME!`, `%%a`, `%~1`; and a caret, which keeps what is behind it from its meaning. */
const SPECIAL = /\^\r?\n|\^|%[A-Za-z_][^%\s"']{0,60}%|![A-Za-z_]\w{0,60}!|%%~?[a-z]{0,6}[A-Za-z]|%~?[a-z]{0,6}\d/g;

function documents({ text, placeholders }: HostDocument): readonly Embedded[] {
  const found: Embedded[] = [];
  for (let at = 0; at < text.length;) {
    const end = endOfLine(text, at);
    const line = text.slice(at, end);
    if (mentions(line) && !SILENT.test(line))
      for (const match of [...line.matchAll(COMMAND)].slice(0, MAX_COMMANDS)) {
        const start = match.index + match[0].length - (match[1]?.length ?? 0);
        found.push(
          ...embed(text, at + start, at + start + lengthOf(line.slice(start), line.charAt(start - 1)), placeholders),
        );
      }
    at = end + 1;
  }
  return found;
}

/** Behind a line and those that it goes on in, by a caret before the line break. */
function endOfLine(text: string, start: number): number {
  for (let at = start; ;) {
    const newline = text.indexOf('\n', at);
    if (newline === -1) return text.length;
    if (text.charAt(newline - (text.charAt(newline - 1) === '\r' ? 2 : 1)) !== '^') return newline;
    at = newline + 1;
  }
}

/** What `for /f` runs ends at its quote, anything else with the line. */
function lengthOf(rest: string, before: string): number {
  const end = /["'`]/.test(before) ? rest.search(new RegExp(`${before}[ \\t]*\\)[ \\t]*do\\b`, 'i')) : -1;
  return end === -1 ? rest.trimEnd().length : end;
}

function embed(text: string, start: number, end: number, outer: HostDocument['placeholders']): readonly Embedded[] {
  const table = placeholderTable(outer);
  const builder = scriptBuilder(text, UNWRITABLE);
  let from = start;
  const written = text.slice(start, end);
  for (const { 0: special, index } of written.matchAll(SPECIAL)) {
    const at = start + index;
    builder.copy(from, at);
    from = at + special.length;
    if (special !== '^') builder.opaque(special.startsWith('^') ? ' ' : table.add(UNKNOWN), at, from);
  }
  builder.copy(from, end);
  const piece: Piece = readOnly(builder.build());
  const common = { name: '', placeholders: table.values, oneLine: true, fixed: true };
  const program = powershellProgram(piece);
  if (program) return [{ document: { ...common, text: program.text, languageId: 'powershell' }, map: program.map }];
  if (!/^(?:curl|wget)/i.test(written)) return [];
  return [{ document: { ...common, text: piece.text, languageId: 'shellscript' }, map: piece.map }];
}

export const windowsBatch: Host = {
  label: 'Windows batch file',
  recognises: ({ name, languageId }) => languageId === 'bat' || NAME.test(name),
  couldMatter: mentions,
  documents,
};
