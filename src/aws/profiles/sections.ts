/** On which line what stands in an INI file of AWS. The SDK reads the values; this tells only where they are. */

export interface Section {
  /** What stands between the brackets. */
  readonly name: string;
  /** Counted from 0. */
  readonly line: number;
  /** The line of each setting; the last where one is repeated, as that one counts. */
  readonly settings: ReadonlyMap<string, number>;
}

/** Sections in the order of the text. Nested settings (indented under an empty one) are left out. */
export function sectionsOf(text: string): readonly Section[] {
  const sections: { name: string; line: number; settings: Map<string, number> }[] = [];
  text.split(/\r?\n/).forEach((written, line) => {
    const content = withoutComment(written);
    if (content.startsWith('[') && content.endsWith(']')) {
      sections.push({ name: content.slice(1, -1).trim(), line, settings: new Map() });
      return;
    }
    const equals = content.indexOf('=');
    const isNested = /^\s/.test(written);
    if (equals > 0 && !isNested) sections.at(-1)?.settings.set(content.slice(0, equals).trim(), line);
  });
  return sections;
}

/** `#` and `;` begin a comment at the start of a line and after white space, as the SDK reads it. */
function withoutComment(line: string): string {
  for (let at = 0; at < line.length; at++) {
    const sign = line.charAt(at);
    if ((sign === '#' || sign === ';') && (at === 0 || /\s/.test(line.charAt(at - 1)))) return line.slice(0, at).trim();
  }
  return line.trim();
}
