/** Commands that a program runs. */
import { UNKNOWN } from '../../program/value';
import type { Range } from '../../text/range';
import type { Embedded } from '../host';
import { impliedPiece, joinPieces, type Piece } from '../piece';
import { argumentsIn } from './arguments';
import { embedded, hasRoom, pieceOf, type Reading } from './reading';
import type { Literal } from './scan';

/** What gives the text behind it to a shell. */
const TO_SHELL =
  /(?:\bos\.(?:system|popen)|\bsubprocess\.(?:run|call|check_call|check_output|Popen|get(?:status)?output)|\bcommands\.get(?:status)?output|\bcreate_subprocess_shell|\bexec(?:Sync|Async|Promise)?|\bExecution\.execute|\bsetcode|\bshlex\.split|\bIO\.popen|\bOpen3\.\w{1,20}|\bshell_out!?|\bShellOut\.new|\bsystem)(?:\(\s{0,99}|[ \t]{1,9})$/;
/** What runs the list of words behind it; words that follow its bracket; the first word, with a list of the others. */
const LIST = /\b(?:run|call|check_call|check_output|Popen)\(\s{0,99}(?:args\s{0,9}=\s{0,9})?\[\s{0,99}$/;
const WORDS = /\bcreate_subprocess_exec\(\s{0,99}$/;
const SPLIT = /\b(?:spawn|execFile|execa)(?:Sync)?\(\s{0,99}$/;
/** What splits the text itself, or looks for its first word among the programs: Facter. */
const BY_ITSELF = /(?:\b(?:Execution|Resolution)\.exec(?:ute)?|\bsetcode|\bshlex\.split)[ \t(]\s{0,99}$/;

/** A command that the program has a shell run. */
export function forShell(reading: Reading, literal: Literal): Embedded | undefined {
  const isCommand = reading.syntax.id === 'ruby' && /^(?:`|%x)$/.test(literal.quoting.open);
  const { start } = literal.range;
  const before = reading.text.slice(Math.max(0, start - 160), start);
  if (!isCommand && !TO_SHELL.test(before)) return undefined;
  const piece = pieceOf(reading, literal);
  const command = embedded(reading, hasRoom(literal, piece), piece, 'shellscript');
  return BY_ITSELF.test(before) ? asItStands(command) : command;
}

/** Groovy runs a text, or the one that a variable holds, without a shell. */
export function executed(reading: Reading, literal: Literal): Embedded | undefined {
  const { text } = reading;
  const { start, end } = literal.range;
  const name = /(\w{1,40})[ \t]{0,9}=[ \t]{0,9}$/.exec(text.slice(Math.max(0, start - 60), start))?.[1];
  const isRun =
    /^\s{0,99}\.execute\s{0,9}\(/.test(text.slice(end, end + 120)) ||
    (name !== undefined && text.includes(`${name}.execute(`));
  return isRun ? asItStands(embedded(reading, false, pieceOf(reading, literal), 'shellscript')) : undefined;
}

/** A command that no shell sees has no room for a second one. */
function asItStands({ document, map }: Embedded): Embedded {
  return { document: { ...document, fixed: true, oneLine: true }, map };
}

/** A command as a list of its words, which no shell sees: `["curl", "-s", url]`. */
export function wordByWord(reading: Reading, literal: Literal): Embedded | undefined {
  const { text, syntax, literals, placeholders } = reading;
  const { start, end } = literal.range;
  if (!/^(?:\/\S{1,80}\/)?(?:curl|wget)$/.test(text.slice(literal.content.start, literal.content.end)))
    return undefined;
  const before = text.slice(Math.max(0, start - 160), start);
  const list = LIST.exec(before) ?? WORDS.exec(before);
  const behind = /^\s{0,99},\s{0,99}\[/.exec(text.slice(end, end + 220));
  const isSplit = SPLIT.test(before) && behind !== null;
  if (!list && !isSplit) return undefined;
  const open = isSplit ? end + behind[0].length - 1 : start - (/[[(]\s*$/.exec(before)?.[0].length ?? 0);
  const words = argumentsIn(text, open, literals, syntax).filter(
    ({ range }) => !/^\w+\s*=/.test(text.slice(range.start, range.end)),
  );
  const quote = (range: Range): Piece => impliedPiece("'", range);
  const pieces = words.map(({ range, literal: word }): Piece => {
    const piece = word ? pieceOf(reading, word) : impliedPiece(placeholders.add(UNKNOWN), range);
    return joinPieces([quote(range), piece, quote(range)]);
  });
  const all = isSplit ? [pieceOf(reading, literal), ...pieces] : pieces;
  if (all.some((piece) => piece.text.slice(1, -1).includes("'"))) return undefined;
  return asItStands(embedded(reading, false, joinPieces(all, ' '), 'shellscript'));
}

/** A command in backticks of Perl, where a dollar is Perl's: not rewritten. */
export function perlCommand(reading: Reading, literal: Literal): Embedded | undefined {
  const { start } = literal.range;
  const before = reading.text.slice(reading.text.lastIndexOf('\n', start - 1) + 1, start).trimEnd();
  // Anywhere else they may stand in a text.
  if (before !== '' && (/[#"'`]/.test(before) || !/(?:=|\(|\breturn)$/.test(before))) return undefined;
  return asItStands(embedded(reading, false, pieceOf(reading, literal), 'shellscript'));
}
