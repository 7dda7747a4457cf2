import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Input } from './inputs';
import { lintInputs, type StartThreads, threadsWorth } from './lint-inputs';
import { lintShare, numbersFor, type Task } from './share';
import { testEngine } from './testing/engine';
import { folderWith } from './testing/folder';

const CALL = 'curl -s http://169.254.169.254/latest/meta-data/instance-id \n';
const NUMBERS = Array.from({ length: 60 }, (_, number) => number);

/** A folder of scripts, each with as many calls as its number says, and the task to lint them. */
function taskOf(mode: Task['mode'] = 'report'): Task {
  const folder = folderWith(Object.fromEntries(NUMBERS.map((number) => [`${number}.sh`, CALL.repeat(number)])));
  const inputs = NUMBERS.map((number): Input => {
    const file = path.join(folder, `${number}.sh`);
    return { file, uri: pathToFileURL(file).href, path: file, named: true };
  });
  return { inputs, rules: {}, mode };
}

const noStdin = (): Promise<never> => Promise.reject(new Error('nothing there'));

/** An engine for which the first inputs take a while, so that threads seem worth their while. */
const slowEngine: typeof testEngine = {
  ...testEngine,
  prepare: async (document) => {
    if (/\/[0-3]\.sh$/.test(document.uri)) await new Promise((resolve) => setTimeout(resolve, 110));
    return document;
  },
};

describe('lintInputs', () => {
  it('gives the same in the same order, whoever did it', async () => {
    const task = taskOf('preview');
    let onThreads = 0;
    const startThreads: StartThreads = async (given, next) => {
      const share = await lintShare(given, numbersFor(new Int32Array(next), given), testEngine, noStdin);
      onThreads += share.linted.size;
      return [share];
    };
    const alone = await lintInputs(task, testEngine, noStdin);
    const shared = await lintInputs(task, slowEngine, noStdin, startThreads);
    expect(onThreads).toBeGreaterThan(30);
    expect(shared).toEqual(alone);
    expect(alone.linted.map(({ found }) => found.findings.length)).toEqual(NUMBERS);
  });

  it('does itself what a thread took and did not finish', async () => {
    const task = taskOf();
    let taken = 0;
    const startThreads: StartThreads = (given, next) => {
      const numbers = [...numbersFor(new Int32Array(next), given)];
      taken = numbers.length;
      return Promise.resolve([{ linted: new Map(), faulty: new Set() }]);
    };
    const { linted } = await lintInputs(task, slowEngine, noStdin, startThreads);
    expect(taken).toBeGreaterThan(30);
    expect(linted.map(({ found }) => found.findings.length)).toEqual(NUMBERS);
  });

  it('reads standard input itself, at its place', async () => {
    const { inputs, ...rest } = taskOf();
    const stdin: Input = { file: '<stdin>', uri: 'untitled:stdin', path: undefined, named: true };
    const task = { ...rest, inputs: [...inputs.slice(0, 2), stdin, ...inputs.slice(2, 4)] };
    const { linted } = await lintInputs(task, testEngine, () => Promise.resolve(Buffer.from(CALL.repeat(7))));
    expect(linted.map(({ found }) => found.findings.length)).toEqual([0, 1, 7, 2, 3]);
  });
});

describe('threadsWorth', () => {
  it.each([
    ['nothing is known yet', 50, 1, 1000, 0],
    ['nothing is done yet', 500, 0, 1000, 0],
    ['the rest is soon done', 100, 25, 75, 0],
    ['the rest takes a second', 100, 10, 100, 0],
    ['the rest takes two seconds', 100, 10, 200, 1],
    ['the rest takes a minute', 100, 10, 6000, 40],
  ])('where %s', (_, elapsed, done, waiting, expected) => {
    expect(threadsWorth(elapsed, done, waiting)).toBe(expected);
  });
});
