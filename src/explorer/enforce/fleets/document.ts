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
