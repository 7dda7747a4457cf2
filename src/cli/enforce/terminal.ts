/** Somebody at a terminal, who can be asked. */
import { createInterface } from 'node:readline';

export interface Terminal {
  readonly isInteractive: boolean;
  /** One line, without its end; undefined where none comes any more. */
  ask(question: string): Promise<string | undefined>;
}

/** Questions go to standard error, so that standard output holds the report and nothing else. */
export const processTerminal: Terminal = {
  get isInteractive() {
    return process.stdin.isTTY && process.stderr.isTTY;
  },
  ask: (question) =>
    new Promise((resolve) => {
      process.stderr.write(question);
      // Not as a terminal of readline's: Ctrl+C then ends the program, and nothing has been sent yet.
      const lines = createInterface({ input: process.stdin, terminal: false });
      lines.once('line', (line) => {
        resolve(line);
        lines.close();
      });
      lines.once('close', () => resolve(undefined));
    }),
};
