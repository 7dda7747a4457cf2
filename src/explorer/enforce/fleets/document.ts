/** What is written for engines of AWS's that reach further than one editor should. */
export interface FleetDocument {
  /** `start-automation.json` */
  readonly fileName: string;
  /** As the engine takes it: plain JSON, without comments. */
  readonly text: string;
  /** What it means, as Markdown, to be read beside it. */
  readonly meaning: string;
  /** Commands of the AWS CLI for the saved file; `FILE` stands for its path. */
  readonly commands: readonly string[];
}

export function toText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A word for any shell, PowerShell and cmd.exe among them: as it is where it is plain, else in double quotes; undefined where neither will do. */
export function quoted(word: string): string | undefined {
  if (/^[\w./:+-][\w./:@+-]*$/.test(word)) return word;
  // Inside of double quotes these mean something to one shell or another.
  return /["$`\\!%]/.test(word) ? undefined : `"${word}"`;
}

/** Markdown with its lines broken between words; what belongs to an item of a list stays below it. */
export function wrapped(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const indent = line.startsWith('- ') ? '  ' : '';
      // A heading is one line.
      if (line.startsWith('#')) return [line];
      const lines: string[] = [];
      let rest = line;
      while (rest.length > width) {
        const before = rest.lastIndexOf(' ', width);
        const at = before > indent.length + 1 ? before : rest.indexOf(' ', width);
        if (at < 0) break;
        lines.push(rest.slice(0, at));
        rest = `${indent}${rest.slice(at + 1)}`;
      }
      return [...lines, rest];
    })
    .join('\n');
}
