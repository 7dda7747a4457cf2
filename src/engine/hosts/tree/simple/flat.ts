/** What scalars with and without quotes have in common: YAML 1.2.2, chapter 6.5. */

export interface Flat {
  readonly end: number;
  readonly value: string;
}

/** The column that further lines of a scalar must stand behind; undefined where it may have none. */
export type Within = number | undefined;

/** Lines become one; blank lines between them line breaks. */
export function foldLines(lines: readonly string[]): string {
  const [first = '', ...rest] = lines;
  const last = rest.pop();
  if (last === undefined) return first;
  let value = withoutBlanksBehind(first);
  let separator = ' ';
  for (const line of rest) {
    const content = withoutBlanksBehind(line.replace(/^[ \t]+/, ''));
    if (content !== '') {
      value += separator + content;
      separator = ' ';
    } else if (separator === ' ') separator = '\n';
    else value += '\n';
  }
  return value + separator + last.replace(/^[ \t]+/, '');
}

export function withoutBlanksBehind(line: string): string {
  let end = line.length;
  while (end > 0 && /[ \t\r]/.test(line.charAt(end - 1))) end--;
  return line.slice(0, end);
}
