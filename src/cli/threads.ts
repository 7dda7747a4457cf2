import { availableParallelism } from 'node:os';
import type * as worker_threads from 'node:worker_threads';
import type { Engine } from '../engine';
import type { Linted } from './outcome';
import { lintShare, numbersFor, type Share, type Task } from './share';

/** Each holds an engine of its own: beyond this many, memory grows faster than a run gets shorter. */
const MOST_THREADS = 7;

/** What a thread is handed. */
interface Assignment {
  /** The bundle that this is part of; it exports `lintOnThread`. */
  readonly program: string;
  readonly task: Task;
  readonly next: SharedArrayBuffer;
}

/** What a thread says: each input when it is done, and last what it has seen of configurations. */
type Message = { readonly number: number; readonly linted: Linted } | { readonly faulty: ReadonlySet<string> };

/** How many of the threads that would pay there are processors for. */
export function affordableThreads(most: number): number {
  return Math.max(0, Math.min(availableParallelism() - 1, MOST_THREADS, most));
}

/** Starts so many threads; see StartThreads. @param program the bundle, which exports `lintOnThread` */
export async function startThreads(
  program: string,
  task: Task,
  next: SharedArrayBuffer,
  count: number,
): Promise<readonly Share[]> {
  // Loaded when it is needed: a run over a few files pays milliseconds for it otherwise.
  const { Worker } = await import('node:worker_threads');
  return Promise.all(Array.from({ length: count }, () => shareOfThread(Worker, { program, task, next })));
}

function shareOfThread(Worker: typeof worker_threads.Worker, workerData: Assignment): Promise<Share> {
  const linted = new Map<number, Linted>();
  return new Promise<Share>((resolve) => {
    const worker = new Worker(`require(require('node:worker_threads').workerData.program).lintOnThread();`, {
      eval: true,
      workerData,
    });
    const end = (faulty: ReadonlySet<string> = new Set()): void => {
      // What it still does is nothing that the process has to wait for.
      worker.unref();
      resolve({ linted, faulty });
    };
    worker.on('message', (message: Message) => {
      if ('faulty' in message) end(message.faulty);
      else linted.set(message.number, message.linted);
    });
    // What it had taken is linted again by who started it, who says then what is wrong.
    worker.on('error', () => {
      end();
    });
    worker.on('exit', () => {
      end();
    });
  }).catch(() => ({ linted, faulty: new Set() }));
}

/** The part of a thread that was started by `startThreads`. */
export async function lintThreadsShare(engine: Engine): Promise<void> {
  const thread = await import('node:worker_threads');
  const { parentPort: port } = thread;
  if (port === null) throw new Error('lintThreadsShare is for a thread that startThreads started.');
  const say = (message: Message): void => {
    port.postMessage(message);
  };
  const { task, next } = thread.workerData as Assignment;
  const numbers = numbersFor(new Int32Array(next), task);
  const noStandardInput = (): Promise<never> => Promise.reject(new Error('A thread has no standard input.'));
  const { faulty } = await lintShare(task, numbers, engine, noStandardInput, (number, linted) => {
    say({ number, linted: withoutNeedlessText(linted) });
  });
  say({ faulty });
}

/** A text into which nothing points costs only the time to copy it. */
function withoutNeedlessText({ found, fixed }: Linted): Linted {
  return fixed === undefined && found.findings.length === 0
    ? { found: { ...found, text: '' } }
    : { found, ...(fixed && { fixed }) };
}
