import pMap from 'p-map';
import type { Engine, Settings } from '../engine';
import { configurations } from './configuration';
import { localFiles, readOnce } from './file-access';
import type { Input } from './inputs';
import { lintInput, type Mode } from './lint-input';
import { type Linted, unread } from './outcome';

/** A run over files, as data: what every thread of it has to know. */
export interface Task {
  readonly inputs: readonly Input[];
  /** What the command line says of rules. */
  readonly rules: Settings['rules'];
  readonly mode: Mode;
}

/** What one thread has done of a task. */
export interface Share {
  /** By the number of the input. */
  readonly linted: ReadonlyMap<number, Linted>;
  /** URIs of configuration files with something wrong in them that counted for an input. */
  readonly faulty: ReadonlySet<string>;
}

/** Inputs under way at once: what has to wait for a pipe or for a grammar to load lets others go on. */
const AT_ONCE = 4;
/** Inputs that a thread takes together: neighbours in a folder read the same files beside them. */
const TAKEN_TOGETHER = 4;

/**
 * Numbers of inputs, each given to one thread only; none of standard input, which only who started the threads can read.
 * @param next shared by the threads: the first number that nobody has taken
 */
export function* numbersFor(next: Int32Array, { inputs }: Task): Generator<number, undefined> {
  for (;;) {
    const first = Atomics.add(next, 0, TAKEN_TOGETHER);
    if (first >= inputs.length) return undefined;
    for (let number = first; number < Math.min(first + TAKEN_TOGETHER, inputs.length); number++) {
      if (inputs[number]?.path !== undefined) yield number;
    }
  }
}

/**
 * Lints the inputs of these numbers.
 * @param done told of each input when it is done
 */
export async function lintShare(
  { inputs, rules, mode }: Task,
  numbers: Iterable<number>,
  engine: Engine,
  stdin: () => Promise<Uint8Array>,
  done?: (number: number, linted: Linted) => void,
): Promise<Share> {
  const files = readOnce(localFiles);
  const configured = configurations(engine, rules, files);
  const linted = new Map<number, Linted>();
  const lintOne = async (number: number): Promise<void> => {
    const input = inputs[number];
    if (input === undefined) return;
    const { settings, ignored } = await configured.of(input);
    const result = ignored
      ? { found: unread(input) }
      : await lintInput(input, engine, settings, mode, { stdin, files });
    linted.set(number, result);
    done?.(number, result);
  };
  await pMap(numbers, lintOne, { concurrency: AT_ONCE });
  return { linted, faulty: configured.faulty };
}
