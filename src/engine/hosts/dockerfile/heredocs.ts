/** Here-documents of `RUN`, `COPY` and `ADD`. */
import type { Placeholders } from '../../program/placeholders';
import { UNKNOWN } from '../../program/value';
import { scriptBuilder, type Codec } from '../../text/source-map';
import { isOtherProgram } from '../embedding/language';
import type { Embedded } from '../host';
import { joinPieces, readSyntax, type Piece } from '../piece';
import type { HereDocument, Instruction } from './instructions';

const ONLY_HEREDOC = /^\s*<<-?(["']?)[\w.-]+\1\s*$/;

function bodyOf(text: string, { body, strips, name }: HereDocument): Piece {
  // A line that is the delimiter would end it.
  const codec: Codec = { encode: (added) => (added.includes(name) ? undefined : added) };
  const builder = scriptBuilder(text, codec);
  for (let at = body.start; at < body.end;) {
    const newline = text.indexOf('\n', at);
    const behind = newline === -1 || newline >= body.end ? body.end : newline + 1;
    const tabs = strips ? (/^\t*/.exec(text.slice(at, behind))?.[0].length ?? 0) : 0;
    if (tabs > 0) builder.softGap();
    builder.copy(at + tabs, behind);
    at = behind;
  }
  return builder.build();
}

/** What the shell of a `RUN` is given. Where that is a heredoc and nothing else, its lines are the script. */
export function wholeText(
  text: string,
  { args, heredocs }: Instruction,
): { readonly piece: Piece; readonly hasRoom: boolean } {
  const [first] = heredocs;
  if (!first) return { piece: args, hasRoom: false };
  if (heredocs.length === 1 && ONLY_HEREDOC.test(args.text)) {
    const piece = bodyOf(text, first);
    return isOtherProgram(piece.text) ? { piece: args, hasRoom: false } : { piece, hasRoom: true };
  }
  const builder = scriptBuilder(text);
  builder.copy(first.body.start, heredocs[heredocs.length - 1]?.end ?? first.end);
  return { piece: joinPieces([args, builder.build()], '\n'), hasRoom: false };
}

/** What the builder puts into a file where the delimiter is not quoted: `$NAME`, `${NAME:-x}`. A backslash takes a dollar's meaning. */
const PUT_IN = /\\(\$)|\$(?:\{[^}\n]{0,200}\}|\w+)/g;
const ESCAPED: Codec = { encode: (added) => added.replace(/\$/g, '\\$&') };

/** Files that `COPY <<EOF /path` writes. */
export function fileTexts(text: string, { args, heredocs }: Instruction, table: Placeholders): readonly Embedded[] {
  const words = args.text.trim().split(/\s+/);
  const target = words[words.length - 1] ?? '';
  return heredocs.map((heredoc) => {
    const plain = bodyOf(text, heredoc);
    const read = ([, dollar]: RegExpExecArray) => (dollar === undefined ? { value: UNKNOWN } : { text: dollar });
    const piece = heredoc.isQuoted ? plain : readSyntax(plain, { pattern: PUT_IN, read, codec: ESCAPED }, table);
    const name = target.endsWith('/') ? `${target}${heredoc.name}` : target;
    return { document: { name, text: piece.text, placeholders: table.values }, map: piece.map };
  });
}
