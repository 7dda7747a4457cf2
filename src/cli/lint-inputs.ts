import type { Engine } from '../engine';
import type { Linted } from './outcome';
import { lintShare, numbersFor, type Share, type Task } from './share';

/**
 * A thread has to load and warm up an engine of its own, which takes a quarter of a second where others want the processor too. So there have to be this many
 * milliseconds of work left for each, by what the inputs took until now: with two processors a run of a second got longer by threads, one of four seconds
 * shorter by a fifth. What the first inputs took is no measure.
 */
const WORTH_A_THREAD = 1500;
const MEASURE_FOR = 100;

/** How many more threads it pays to start. @param elapsed milliseconds that `done` inputs took; `waiting` more are to come */
export function threadsWorth(elapsed: number, done: number, waiting: number): number {
  return elapsed < MEASURE_FOR || done === 0 ? 0 : Math.floor(((elapsed / done) * waiting) / WORTH_A_THREAD);
}

/**
 * Starts threads that take part in a task, and gives what they did. An input that a thread took and did not finish is missing there. Never rejects.
 * @param next the first number that nobody has taken, as numbersFor shares it
 * @param most how many threads at most
 */
export type StartThreads = (task: Task, next: SharedArrayBuffer, most: number) => Promise<readonly Share[]>;

/** What a whole task came to: `linted` in the order of its inputs. */
export interface Done {
  readonly linted: readonly Linted[];
  readonly faulty: ReadonlySet<string>;
}

/**
 * Lints all inputs of a task: here, and on other threads as soon as it turns out that it takes long. What comes of it is the same, however it was shared out.
 * @param startThreads undefined where there are to be none
 */
export async function lintInputs(
  task: Task,
  engine: Engine,
  stdin: () => Promise<Uint8Array>,
  startThreads?: StartThreads,
): Promise<Done> {
  const { length } = task.inputs;
  const next = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const taken = new Int32Array(next);
  // Not performance.now(), whose module takes Node.js 3 ms to load.
  const began = Date.now();
  let done = 0;
  let others: Promise<readonly Share[]> | undefined;
  const own = await lintShare(task, numbersFor(taken, task), engine, stdin, () => {
    if (others !== undefined || startThreads === undefined) return;
    const count = threadsWorth(Date.now() - began, ++done, length - Atomics.load(taken, 0));
    if (count > 0) others = startThreads(task, next, count);
  });
  const shares = [own, ...((await others) ?? [])];
  const finished = new Set(shares.flatMap(({ linted }) => [...linted.keys()]));
  // Standard input, and what a thread took and did not finish.
  const left = [...task.inputs.keys()].filter((number) => !finished.has(number));
  shares.push(await lintShare(task, left, engine, stdin));
  const all = shares.flatMap(({ linted }) => [...linted]).sort(([a], [b]) => a - b);
  return {
    linted: all.map(([, linted]) => linted),
    faulty: new Set(shares.flatMap(({ faulty }) => [...faulty])),
  };
}
