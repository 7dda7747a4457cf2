/** A character as a terminal shows it. */
export interface Cell {
  /** Its offset in the text, in UTF-16 code units. */
  readonly offset: number;
  readonly shown: string;
  /** Cells that it takes: 0, 1 or 2; more for a tab. */
  readonly width: number;
}

const TAB_STOP = 4;

// Unicode's East Asian Width "W" and "F" (UAX #11), as blocks, and what is shown as an emoji by default (UTS #51).
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18aff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const NO_WIDTH = /[\p{Mn}\p{Me}\u200c\u200d]/u;
/** What would move the cursor, change colours or reorder the line: a text must not be able to do that to the terminal of its reader. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;
const UNSAFE_ANYWHERE = new RegExp(UNSAFE, 'gu');

/** How a line of text is shown, character by character: tabs widened, control characters made visible. */
export function cells(line: string): readonly Cell[] {
  const result: Cell[] = [];
  let offset = 0;
  let column = 0;
  for (const character of line) {
    const cell = { offset, ...show(character, column) };
    result.push(cell);
    offset += character.length;
    column += cell.width;
  }
  return result;
}

/** One line, safe to print, whatever the text holds. */
export function printable(text: string): string {
  return harmless(text.replace(/\s+/g, ' '));
}

/** Makes visible what would act on a terminal, but for tabs and line feeds. */
export function harmless(text: string): string {
  return text.replace(UNSAFE_ANYWHERE, (character) =>
    character === '\t' || character === '\n' || NO_WIDTH.test(character) ? character : visible(character),
  );
}

function show(character: string, column: number): Omit<Cell, 'offset'> {
  if (character >= ' ' && character <= '~') return { shown: character, width: 1 };
  if (character === '\t') {
    const width = TAB_STOP - (column % TAB_STOP);
    return { shown: ' '.repeat(width), width };
  }
  if (NO_WIDTH.test(character)) return { shown: character, width: 0 };
  if (UNSAFE.test(character)) return { shown: visible(character), width: 1 };
  return { shown: character, width: WIDE.test(character) ? 2 : 1 };
}

/** The control pictures of Unicode for the control characters of ASCII, the replacement character for all else. */
function visible(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}
