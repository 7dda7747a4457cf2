/** The instructions of a Dockerfile: "Dockerfile reference", "Format", "Parser directives", "Here-documents". */
import { scriptBuilder, type Codec } from '../../text/source-map';
import type { Range } from '../../text/range';
import type { Piece } from '../piece';

export interface HereDocument {
  readonly name: string;
  /** True where the delimiter is quoted, so that nothing is put in. */
  readonly isQuoted: boolean;
  /** True where leading tabs are taken off. */
  readonly strips: boolean;
  /** Its lines, without the one that ends it. */
  readonly body: Range;
  /** Behind the line that ends it. */
  readonly end: number;
}

export interface Instruction {
  /** In capitals: `RUN`. What `ONBUILD` stands before is an instruction like others. */
  readonly keyword: string;
  /** What stands behind the keyword, with continued lines as one and without comments between them. */
  readonly args: Piece;
  readonly heredocs: readonly HereDocument[];
  /** Behind the last line of the arguments, where heredocs begin. */
  readonly end: number;
}

export interface Dockerfile {
  readonly instructions: readonly Instruction[];
  readonly escape: string;
}

const ESCAPE = /^[ \t]*#[ \t]*escape[ \t]*=[ \t]*([\\`])[ \t]*$/im;
const HEREDOC = /(?:^|\s)\d*<<(-?)(["']?)([A-Za-z_][\w.-]*)\2(?=\s|$)/g;
const WITH_HEREDOCS = new Set(['RUN', 'COPY', 'ADD']);

/** One line's end, before its line break, and what is behind that. */
function lineAt(text: string, start: number): { readonly end: number; readonly behind: number } {
  const newline = text.indexOf('\n', start);
  if (newline === -1) return { end: text.length, behind: text.length };
  return { end: newline > start && text.charAt(newline - 1) === '\r' ? newline - 1 : newline, behind: newline + 1 };
}

export function readDockerfile(text: string): Dockerfile {
  // Directives stand at the top, before anything else.
  const head = /^\uFEFF?(?:[ \t]*#[^\n]*\n)*/.exec(text)?.[0] ?? '';
  const escape = ESCAPE.exec(head)?.[1] ?? '\\';
  const instructions: Instruction[] = [];
  for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length;) {
    const line = lineAt(text, at);
    const content = text.slice(at, line.end);
    const keyword = /^[ \t]*(?:onbuild[ \t]+)?([a-z]+)[ \t]+/i.exec(content);
    if (!keyword) {
      at = line.behind;
      continue;
    }
    const { args, behind } = logicalLine(text, at + keyword[0].length, escape);
    const name = (keyword[1] ?? '').toUpperCase();
    const heredocs = WITH_HEREDOCS.has(name) ? heredocsOf(text, args.text, behind) : [];
    instructions.push({ keyword: name, args, heredocs, end: behind });
    at = heredocs[heredocs.length - 1]?.end ?? behind;
  }
  return { instructions, escape };
}

/** Lines that end in the escape character, with the next ones; comments and empty lines between them are passed over. */
function logicalLine(text: string, start: number, escape: string): { readonly args: Piece; readonly behind: number } {
  const codec: Codec = { encode: (added) => (added.includes('\n') ? undefined : added) };
  const builder = scriptBuilder(text, codec);
  let at = start;
  for (;;) {
    const { end, behind } = lineAt(text, at);
    const content = text.slice(at, end);
    const trimmed = content.replace(/(?<![ \t])[ \t]+$/, '');
    const goesOn = trimmed.endsWith(escape) && !trimmed.endsWith(escape + escape);
    builder.copy(at, goesOn ? at + trimmed.length - 1 : end);
    if (!goesOn || behind >= text.length) return { args: builder.build(), behind };
    at = behind;
    let isPlain = true;
    for (;;) {
      const next = lineAt(text, at);
      const isComment = /^[ \t]*#/.test(text.slice(at, next.end));
      if (!isComment && text.slice(at, next.end).trim() !== '') break;
      isPlain &&= !isComment;
      if (next.behind >= text.length) return { args: builder.build(), behind: next.behind };
      at = next.behind;
    }
    if (isPlain) builder.softGap();
  }
}

function heredocsOf(text: string, args: string, start: number): readonly HereDocument[] {
  const heredocs: HereDocument[] = [];
  let at = start;
  for (const [, dash = '', quote = '', name = ''] of args.matchAll(HEREDOC)) {
    const strips = dash === '-';
    const body = at;
    for (;;) {
      // What is never ended is none.
      if (at >= text.length) return heredocs;
      const { end, behind } = lineAt(text, at);
      const line = text.slice(at, end);
      if ((strips ? line.replace(/^\t+/, '') : line) === name) {
        heredocs.push({ name, isQuoted: quote !== '', strips, body: { start: body, end: at }, end: behind });
        at = behind;
        break;
      }
      at = behind;
    }
  }
  return heredocs;
}
