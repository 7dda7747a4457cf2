import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { lintShare, numbersFor, type Task } from './share';
import { testEngine } from './testing/engine';
import { folderWith } from './testing/folder';
import { buildProgram } from './testing/program';
import { affordableThreads, startThreads } from './threads';

const CALL = 'curl -s http://169.254.169.254/latest/meta-data/instance-id \n';

let program: string;
beforeAll(async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ec2-warden-threads-'));
  program = path.join(folder, 'cli.js');
  await buildProgram(program, 'test');
  return () => {
    fs.rmSync(folder, { recursive: true, force: true });
  };
}, 60_000);

function taskOf(files: Readonly<Record<string, string>>): Task {
  const folder = folderWith(files);
  const inputs = Object.keys(files).map((name) => {
    const file = path.join(folder, name);
    return { file, uri: pathToFileURL(file).href, path: file, named: true };
  });
  return { inputs, rules: { 'credentials-permissions': 'off' }, mode: 'fix' };
}

const nobodysNumber = (): SharedArrayBuffer => new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
const noStdin = (): Promise<never> => Promise.reject(new Error('nothing there'));

describe('startThreads', () => {
  it('does on two threads what one does, each input once, and writes nothing', async () => {
    const files: Record<string, string> = { '.ec2-warden.yaml': 'rules: [', 'bust.sh': `${CALL}bust\n` };
    for (let number = 0; number < 40; number++) files[`${number}.sh`] = `${CALL.repeat(number % 3)}chmod 777 ~/.aws\n`;
    const task = taskOf(files);
    const here = await lintShare(task, numbersFor(new Int32Array(nobodysNumber()), task), testEngine, noStdin);
    const shares = await startThreads(program, task, nobodysNumber(), 2);
    expect(shares).toHaveLength(2);
    const entries = shares.flatMap(({ linted }) => [...linted]);
    expect(entries).toHaveLength(42);
    const withText = [...here.linted].map(([number, { found, fixed }]) => [
      number,
      { found: found.findings.length === 0 ? { ...found, text: '' } : found, ...(fixed && { fixed }) },
    ]);
    expect(new Map(entries)).toEqual(new Map(withText as typeof entries));
    expect(new Set(shares.flatMap(({ faulty }) => [...faulty]))).toEqual(here.faulty);
    expect(here.faulty.size).toBe(1);
    expect(fs.readFileSync(task.inputs[3]?.path ?? '', 'utf8')).toBe(files['1.sh']);
  });

  it('gives nothing where the program cannot be loaded', async () => {
    const shares = await startThreads(`${program}.gone`, taskOf({ 'a.sh': CALL }), nobodysNumber(), 1);
    expect(shares).toEqual([{ linted: new Map(), faulty: new Set() }]);
  });
});

describe('affordableThreads', () => {
  it('leaves a processor to who starts them, and never takes more than would pay', () => {
    expect(affordableThreads(1_000)).toBe(Math.min(os.availableParallelism() - 1, 7));
    expect(affordableThreads(0)).toBe(0);
  });
});
