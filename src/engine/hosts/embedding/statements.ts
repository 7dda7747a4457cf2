/** What the statements of a template are to a shell script that they stand in. */
import type { Range } from '../../text/range';

export interface Statement extends Range {
  /** What stands between its delimiters. */
  readonly code: string;
}

const OPENS =
  /^(?:if|unless|for|range|with|while|until|case|macro|block|filter|define|call)\b|(?:\bdo|\{)(?: ?\|[^|]{0,80}\|)?$/;
const TURNS = /^(?:elif|elsif|else\s+(?:if|with)|when)\b/;
const ELSE = /^else\b/;
const CLOSES = /^(?:end(?!set\b|raw\b)\w*|\})/;

/** A line that goes on behind its end, or that statements of the shell cannot follow. */
const GOES_ON = /(?:\\|\||&&|\(|;;|\bin)$/;
/** What covers a statement begins with this. */
export const STATEMENT_MARK = '\uF8FC';
const MAX_BACK = 4000;

interface Group {
  readonly members: (readonly [at: number, text: string])[];
  isCertain: boolean;
}

/**
 * The text of statements, by where they begin. What stands on lines of its own from `if` to `end` is a condition of the shell, so that what happens between
 * is known to happen only sometimes. Others leave nothing, but for what keeps a line going.
 */
export function statementTexts(
  text: string,
  statements: readonly Statement[],
  condition: () => string,
): ReadonlyMap<number, string> {
  const texts = new Map<number, string>();
  const open: Group[] = [];
  for (const { start, end, code } of statements) {
    const before = lineBefore(text, start);
    const isLine = before !== undefined && /^[ \t\r]{0,99}(?:\n|$)/.test(text.slice(end, end + 100));
    if (isLine && before.endsWith('\\')) texts.set(start, '\\');
    const isCertain = isLine && !GOES_ON.test(before) && !isInArray(text.slice(Math.max(0, start - MAX_BACK), start));
    if (OPENS.test(code)) {
      open.push({ members: [[start, `if [ ${condition()} ]; then :`]], isCertain });
      continue;
    }
    const group = open.at(-1);
    const isEnd = CLOSES.test(code);
    if (!group || (!isEnd && !ELSE.test(code) && !TURNS.test(code))) continue;
    group.isCertain &&= isCertain;
    if (isEnd) {
      open.pop();
      group.members.push([start, ':; fi']);
      if (group.isCertain) for (const [at, spelled] of group.members) texts.set(at, spelled);
    } else group.members.push([start, TURNS.test(code) ? `:; elif [ ${condition()} ]; then :` : ':; else :']);
  }
  return texts;
}

/** The line above the one that `start` is the first text of, passing over statements; undefined where something stands in front of it. */
function lineBefore(text: string, start: number): string | undefined {
  let lineStart = text.lastIndexOf('\n', start - 1) + 1;
  if (text.slice(lineStart, start).trim() !== '') return undefined;
  for (let count = 0; lineStart > 0 && count < 20; count++) {
    const end = lineStart - 1;
    lineStart = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(lineStart, end).trim();
    if (!line.startsWith(STATEMENT_MARK)) return line;
  }
  return '';
}

function isInArray(before: string): boolean {
  return before.lastIndexOf('=(') > before.lastIndexOf(')');
}
