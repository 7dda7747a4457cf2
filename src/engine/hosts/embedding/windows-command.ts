/** Command lines of Windows that hand a program to PowerShell: Microsoft, "about_PowerShell_exe". */
import { compose, scriptBuilder, type Codec } from '../../text/source-map';
import type { Piece } from '../piece';

const START = /^\s*(?:cmd(?:\.exe)?\s+\/c\s+)?(?:[\w:.%-]{0,80}\\){0,12}(?:powershell|pwsh)(?:\.exe)?\s+/i;
const SWITCH = /^-(?:nop\w*|nol\w*|noni\w*|noe\w*|sta|mta)\s+/i;
const WITH_VALUE = /^-(?:ex\w*|ep|w\w*|v\w*|inp\w*|o\w*)\s+\S+\s+/i;
const COMMAND = /^-c\w{0,6}\s+/i;

/** What cmd.exe would read as its own, or what would end the argument, has no certain spelling. */
const QUOTED: Codec = { encode: (text) => (/[\n%]/.test(text) ? undefined : text.replace(/"/g, '\\"')) };
const BARE: Codec = { encode: (text) => (/["\n%&|<>^]/.test(text) ? undefined : text) };

/** The program that a command line hands to PowerShell; undefined where it hands it none. */
export function powershellProgram({ text, map }: Piece): Piece | undefined {
  let at = START.exec(text)?.[0].length ?? 0;
  if (at === 0) return undefined;
  for (let option = skipped(text, at); option > 0; option = skipped(text, at)) at += option;
  at += COMMAND.exec(text.slice(at))?.[0].length ?? 0;
  const end = text.trimEnd().length;
  // A file, a program that is encoded, or an option that is not known.
  if (at >= end || text.charAt(at) === '-') return undefined;
  const isQuoted = text.charAt(at) === '"' && end - at > 1 && text.charAt(end - 1) === '"';
  const builder = scriptBuilder(text, isQuoted ? QUOTED : BARE);
  const last = isQuoted ? end - 1 : end;
  let from = isQuoted ? at + 1 : at;
  for (let quote = text.indexOf('\\"', from); quote !== -1 && quote < last; quote = text.indexOf('\\"', from)) {
    builder.copy(from, quote);
    builder.unit('"', quote, quote + 2);
    from = quote + 2;
  }
  builder.copy(from, last);
  const program = builder.build();
  return { text: program.text, map: compose(program.map, map) };
}

function skipped(text: string, at: number): number {
  const rest = text.slice(at, at + 200);
  return (SWITCH.exec(rest) ?? WITH_VALUE.exec(rest))?.[0].length ?? 0;
}
