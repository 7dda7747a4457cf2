/** New elements in front of one of a list, in the list's own style. */
import type { TextEdit } from '../../text/range';
import type { Piece } from '../piece';
import { newlineOf } from '../../text/newline';

type InsertLines = NonNullable<Piece['insertLines']>;

const isBlank = (character: string): boolean =>
  character === ' ' || character === '\n' || character === '\t' || character === '\r';

/** Where the blanks in front of a position begin. */
function behindText(host: string, position: number): number {
  let at = position;
  while (at > 0 && isBlank(host.charAt(at - 1))) at--;
  return at;
}

/** In front of an element that stands at `position` between brackets: `[ "a", "b" ]`. */
export function insertInBrackets(
  host: string,
  position: number,
  isFirst: boolean,
  spell: (text: string) => string,
): InsertLines {
  return (lines) => {
    const before = host.slice(behindText(host, position), position);
    // The first element may follow the bracket without a line break; then what stands in front of it is no model.
    const separator = before.includes('\n') || !isFirst ? before : ' ';
    const newText = lines.map((line) => `${spell(line)},${separator}`).join('');
    return { range: { start: position, end: position }, newText };
  };
}

/** In front of a YAML element that stands at `position` behind a dash; undefined where the dash stands in a way that is no model to follow. */
export function insertBehindDashes(
  host: string,
  position: number,
  spell: (text: string) => string,
): InsertLines | undefined {
  const lineStart = host.lastIndexOf('\n', position - 1) + 1;
  const lead = host.slice(lineStart, position);
  if (!/^ *(?:- +)+$/.test(lead)) return undefined;
  const newline = (): string => newlineOf(host);
  const dash = lead.lastIndexOf('-');
  const insert = (at: number, newText: string): TextEdit => ({ range: { start: at, end: at }, newText });
  if (lead.indexOf('-') === dash)
    return (lines) => insert(lineStart, lines.map((line) => `${lead}${spell(line)}${newline()}`).join(''));
  // The first of a list that is itself behind a dash: the new one takes its place.
  const next = ' '.repeat(dash) + lead.slice(dash);
  return (lines) => insert(position, lines.map((line) => `${spell(line)}${newline()}${next}`).join(''));
}

/** Where a YAML node begins, with its tag and anchor, whose content begins at `position`. */
export function withProperties(host: string, position: number): number {
  let at = position;
  for (;;) {
    const end = behindText(host, at);
    let start = end;
    while (start > 0 && !/[\s[\]{},]/.test(host.charAt(start - 1))) start--;
    if (start === end || !/[!&]/.test(host.charAt(start))) return at;
    at = start;
  }
}
