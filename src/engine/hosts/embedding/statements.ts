/** What the statements of a template are to a shell script that they stand in. */
import type { Range } from '../../text/range';

export interface Statement extends Range {
  /** What stands between its delimiters. */
  readonly code: string;
}

const OPENS =
  /^(?:if|unless|for|range|with|while|until|case|macro|block|filter|define|call)\b|(?:\bdo|\{)\s*(?:\|[^|]*\|)?$/;
const TURNS = /^(?:elif|elsif|else\s+(?:if|with)|when)\b/;
const ELSE = /^else\b/;
const CLOSES = /^(?:end(?!set\b|raw\b)\w*|\})/;

/** A line that goes on behind its end, or that statements of the shell cannot follow. */
const GOES_ON = /(?:\\|\||&&|\(|;;|\bin)[ \t\r]*\n$/;
/** Lines that are a statement. */
const STATEMENT_LINES = /(?:[ \t]*\uF8FC[^\n]*\n)+$/;
const MAX_BACK = 500;

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
    const isLine = before !== undefined && /^[ \t\r]*(?:\n|$)/.test(text.slice(end, end + MAX_BACK));
    if (isLine && /\\\r?\n$/.test(before)) texts.set(start, '\\');
    const isCertain = isLine && !GOES_ON.test(before);
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

/** The line above the one that `start` is the first text of, without those that are statements; undefined where something stands in front of it. */
function lineBefore(text: string, start: number): string | undefined {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  if (text.slice(lineStart, start).trim() !== '') return undefined;
  return text.slice(Math.max(0, lineStart - MAX_BACK), lineStart).replace(STATEMENT_LINES, '');
}
