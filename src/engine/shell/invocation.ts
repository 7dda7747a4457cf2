import type { Field } from './expand';
import type { Context } from './machine';
import type { Source } from '../program/source';
import type { Value } from '../program/value';
import type { Command } from './syntax';

/** A command that runs, after its words were expanded and the commands that only run another were taken off. */
export interface Invocation {
  /** Its name without the folder: `curl` for `/usr/bin/curl`. */
  readonly name: string;
  /** The field that names it. */
  readonly command: Field;
  readonly args: readonly Field[];
  /** The syntax it stands in, with `sudo` and the like. */
  readonly node: Command;
  readonly source: Source;
  readonly context: Context;
  /** Variables set for this command alone: `http_proxy= curl ...`. */
  readonly environment: ReadonlyMap<string, Value>;
  /** What it reads on standard input, where that is known. */
  readonly input: Value | undefined;
  /** The commands in front of it that run it: `sudo`, `xargs`. */
  readonly wrappers: readonly string[];
  /** Index of this reading among those that the words allow. */
  readonly alternative: number;
  /** What the script wrote to a file before, where it did and that is known. */
  readonly readFile: (path: string) => Value | undefined;
  /** Where its output goes, other than to standard output. */
  readonly outputRedirected: boolean;
}
