import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { keepCompiled } from '../../scripts/one-file.mjs';
import { fixedByTestEngine } from './testing/engine';
import { folderWith } from './testing/folder';
import { buildProgram, runProgram } from './testing/program';

const CALL = '#!/bin/sh\ncurl -s http://169.254.169.254/latest/meta-data/instance-id \n';
const OPEN = 'chmod 777 ~/.aws\n';

/** Folders of their own, so that nothing is found beside the one file. */
let real: string;
let program: string;
beforeAll(async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ec2-warden-built-'));
  real = path.join(folder, 'real', 'cli.js');
  program = path.join(folder, 'test', 'cli.js');
  await Promise.all([buildProgram(real, 'real'), buildProgram(program, 'test')]);
  return () => {
    fs.rmSync(folder, { recursive: true, force: true });
  };
}, 60_000);

describe('dist/cli.js', () => {
  it('is one file that runs wherever it is copied to', async () => {
    const folder = folderWith({ 'a.sh': 'echo hello\n' });
    fs.copyFileSync(real, path.join(folder, 'copied.js'));
    const version = (JSON.parse(fs.readFileSync('package.json', 'utf8')) as { version: string }).version;
    const copied = path.join(folder, 'copied.js');
    expect(await runProgram(copied, ['--version'], folder)).toMatchObject({
      status: 0,
      stdout: `${version}\n`,
      stderr: '',
    });
    expect(await runProgram(copied, ['lint', 'a.sh'], folder)).toMatchObject({
      status: 0,
      stdout: 'No findings in 1 file.\n',
      stderr: '',
    });
  });

  it('takes what the build had V8 compile, and does the same', async () => {
    const folder = folderWith({ 'a.sh': CALL });
    const copied = path.join(folderWith({}), 'cli.js');
    fs.copyFileSync(real, copied);
    const wasCompiled = ['-p', 'require(process.argv[1]).wasCompiled', '--', copied];
    const alone = await runProgram(copied, ['lint', 'a.sh'], folder);
    expect(execFileSync(process.execPath, wasCompiled, { encoding: 'utf8' })).toBe('false\n');
    keepCompiled(copied, [path.join(folder, 'a.sh')]);
    expect(execFileSync(process.execPath, wasCompiled, { encoding: 'utf8' })).toBe('true\n');
    expect(await runProgram(copied, ['lint', 'a.sh'], folder)).toEqual(alone);
    expect(alone).toMatchObject({ status: 1, stderr: '' });
  });

  it('says nothing beside its report, whatever it has to load', async () => {
    const folder = folderWith({ 'a.ps1': 'Invoke-RestMethod http://169.254.169.254/latest/meta-data/instance-id\n' });
    const ended = await runProgram(real, ['lint', '--format', 'json', '.'], folder);
    expect(ended).toMatchObject({ status: 1, stderr: '' });
    expect((JSON.parse(ended.stdout) as { findings: unknown[] }).findings).toHaveLength(1);
  });

  it.each([
    [['lint', 'ok.sh'], 0],
    [['lint', '.'], 1],
    [['lint', '--fail-on', 'error', 'call.sh'], 0],
    [['lint', 'gone.sh'], 2],
    [['lint', '--no-such-option', '.'], 2],
  ])('ends %j with exit status %i and no stack', async (args, status) => {
    const folder = folderWith({ 'call.sh': CALL, 'ok.sh': 'true\n' });
    const ended = await runProgram(program, args, folder);
    expect(ended).toMatchObject({ status, signal: null });
    expect(ended.stdout + ended.stderr).not.toMatch(/^ {4}at /m);
  });

  it('fails where it would end without a result', async () => {
    const ended = await runProgram(program, ['lint', '.'], folderWith({ 'a.sh': 'hang\n' }));
    expect(ended).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('came to no end') as string });
  });

  it('passes standard input on, fixed', async () => {
    const ended = await runProgram(program, ['lint', '--fix', '-'], os.tmpdir(), (child) => child.stdin?.end(CALL));
    expect(ended).toMatchObject({
      status: 0,
      stdout: fixedByTestEngine(CALL),
      stderr: expect.stringContaining('Fixed 1') as string,
    });
  });

  it('prints all of a long report into a pipe that is read slowly', async () => {
    const folder = folderWith({ 'a.sh': OPEN.repeat(20_000) });
    const ended = await runProgram(program, ['lint', '--format', 'json', '.'], folder, (child) => {
      child.stdout?.pause();
      setTimeout(() => child.stdout?.resume(), 300);
    });
    expect((JSON.parse(ended.stdout) as { findings: unknown[] }).findings).toHaveLength(20_000);
  });

  it('ends quietly where nobody reads on, and still fixes', async () => {
    const folder = folderWith({ 'a.sh': CALL + OPEN.repeat(20_000) });
    const ended = await runProgram(program, ['lint', '--fix', '.'], folder, (child) => child.stdout?.destroy());
    expect(ended).toMatchObject({ status: 1, signal: null, stderr: '' });
    expect(fs.readFileSync(path.join(folder, 'a.sh'), 'utf8')).toBe(fixedByTestEngine(CALL + OPEN.repeat(20_000)));
  });

  it.runIf(process.platform !== 'win32')('leaves every file whole when it is interrupted while it fixes', async () => {
    const before = CALL + 'echo padding\n'.repeat(2_000);
    const names = Array.from({ length: 300 }, (_, index) => `${index}.sh`);
    const folder = folderWith(Object.fromEntries(names.map((name) => [name, before])));
    const after = fixedByTestEngine(before);
    const ended = await runProgram(program, ['lint', '--fix', '.'], folder, (child) => {
      const watcher = fs.watch(folder, () => {
        watcher.close();
        child.kill('SIGINT');
      });
    });
    expect(ended.signal).toBe('SIGINT');
    expect(fs.readdirSync(folder).sort()).toEqual([...names].sort());
    const whole = names.map((name) => fs.readFileSync(path.join(folder, name), 'utf8'));
    expect(whole.filter((text) => text !== before && text !== after)).toEqual([]);
    expect(whole.filter((text) => text === before)).not.toEqual([]);
  });

  it.runIf(process.platform !== 'win32')('reads what bash hands in as a file', () => {
    const folder = folderWith({});
    const script = `"$0" "$1" lint --format json --fail-on error <(printf '%s' "$2")`;
    const stdout = execFileSync('bash', ['-c', script, process.execPath, program, CALL], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect((JSON.parse(stdout) as { findings: unknown[] }).findings).toHaveLength(1);
  });
});

describe('ec2-warden lsp', () => {
  it('starts the server that lies beside it', async () => {
    const server = path.join(path.dirname(program), 'server.js');
    fs.writeFileSync(
      server,
      'exports.startServer = () => process.stdin.once("data", (chunk) => process.stdout.write(chunk, () => process.exit(7)));',
    );
    const ended = await runProgram(program, ['lsp', '--stdio'], os.tmpdir(), (child) => child.stdin?.write('ping'));
    fs.rmSync(server);
    expect(ended).toMatchObject({ status: 7, stdout: 'ping', stderr: '' });
  });

  it('says what is missing where there is none', async () => {
    const server = path.join(path.dirname(program), 'server.js');
    expect(await runProgram(program, ['lsp', '--stdio'], os.tmpdir())).toMatchObject({
      status: 2,
      stdout: '',
      stderr: `ec2-warden: The language server should be ${server}, and is not there: copy it there, or install ec2-warden anew.\n`,
    });
  });
});
