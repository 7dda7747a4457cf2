import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine } from './program';
import { run } from './run';
import { testEngine } from './testing/engine';
import { folderWith } from './testing/folder';
import { surroundingsIn } from './testing/surroundings';

const CALL = '#!/bin/sh\ncurl -s http://169.254.169.254/latest/meta-data/instance-id \n';
const OPEN = '#!/bin/sh\nchmod 777 ~/.aws\n';
const CLEAN = '#!/bin/sh\necho 169.254\n';

interface Ran {
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

async function ranIn(
  folder: string,
  args: readonly string[],
  parts: Parameters<typeof surroundingsIn>[1] = {},
): Promise<Ran> {
  const surroundings = surroundingsIn(folder, parts);
  const status = await run(args, surroundings, {
    engine: () => testEngine,
    enforce: (options, { stdout }) => {
      stdout.write(`${JSON.stringify(options)}\n`);
      return Promise.resolve(1);
    },
    startServer: () => {
      surroundings.stdout.write('server\n');
    },
  });
  return { status, ...surroundings.printed() };
}

const contentOf = (folder: string, file: string): string => fs.readFileSync(path.join(folder, file), 'utf8');

describe('exit status', () => {
  it.each<[string, Record<string, string>, string[], number]>([
    ['nothing was found', { 'a.sh': CLEAN }, ['.'], 0],
    ['there is nothing to lint', {}, ['.'], 0],
    ['a warning was found', { 'a.sh': CALL }, ['.'], 1],
    ['an error was found', { 'a.sh': OPEN }, ['.'], 1],
    ['a warning was found and only errors count', { 'a.sh': CALL }, ['--fail-on', 'error', '.'], 0],
    ['an error was found and only errors count', { 'a.sh': OPEN }, ['--fail-on', 'error', '.'], 1],
    ['information was found', { 'a.sh': CALL }, ['--rule', 'imdsv1-call=information', '.'], 0],
    [
      'information was found and counts',
      { 'a.sh': CALL },
      ['--rule', 'imdsv1-call=information', '--fail-on', 'information', '.'],
      1,
    ],
    ['a hint was found and counts', { 'a.sh': CALL }, ['--rule', 'imdsv1-call=hint', '--fail-on', 'hint', '.'], 1],
    ['a rule is off', { 'a.sh': CALL }, ['--rule', 'imdsv1-call=off', '.'], 0],
    ['a file is missing', { 'a.sh': CALL }, ['a.sh', 'gone.sh'], 2],
    ['a named file is binary', { 'a.bin': 'a\0b' }, ['a.bin'], 2],
    ['a file in a folder is binary', { 'a.bin': 'a\0b' }, ['.'], 0],
    ['all was fixed', { 'a.sh': CALL }, ['--fix', '.'], 0],
    ['not all could be fixed', { 'a.sh': CALL + OPEN }, ['--fix', '.'], 1],
    ['nothing was written', { 'a.sh': CALL }, ['--fix-dry-run', '.'], 1],
    ['a rule failed', { 'a.sh': 'boom' }, ['.'], 2],
    ['the engine failed', { 'a.sh': 'bang' }, ['.'], 2],
  ])('where %s', async (_, files, args, expected) => {
    expect((await ranIn(folderWith(files), ['lint', ...args])).status).toBe(expected);
  });
});

describe('what is refused', () => {
  it.each<[string[], string]>([
    [
      ['lint'],
      'ec2-warden: Name the files or folders to lint: "ec2-warden lint ." for this folder, "ec2-warden lint -" for standard input.\n',
    ],
    [
      ['lint', '--fromat', 'json', '.'],
      'ec2-warden: unknown option \'--fromat\'\n(Did you mean --format?)\nRun "ec2-warden lint --help" for the options.\n',
    ],
    [
      ['lint', '--format', 'xml', '.'],
      "ec2-warden: option '--format <format>' argument 'xml' is invalid. Allowed choices are text, json, sarif, github.\nRun \"ec2-warden lint --help\" for the options.\n",
    ],
    [
      ['lint', '--fail-on', 'warn', '.'],
      "ec2-warden: option '--fail-on <severity>' argument 'warn' is invalid. Allowed choices are error, warning, information, hint.\nRun \"ec2-warden lint --help\" for the options.\n",
    ],
    [
      ['lint', '--fix', '--fix-dry-run', '.'],
      "ec2-warden: option '--fix-dry-run' cannot be used with option '--fix'\nRun \"ec2-warden lint --help\" for the options.\n",
    ],
    [
      ['lint', '--fix-dry-run', '--format', 'json', '.'],
      'ec2-warden: --fix-dry-run prints a diff, so it does not go with --format json.\n',
    ],
    [
      ['lint', '--stdin-filename', 'a.sh', 'b.sh'],
      'ec2-warden: --stdin-filename names standard input, so it wants - as PATH, or no PATH.\n',
    ],
    [
      ['lint', '--rule', 'imds=error', '.'],
      'ec2-warden: --rule imds=error: there is no rule "imds". "ec2-warden rules" lists them all.\n',
    ],
    [
      ['rules', 'imdsv1-cal'],
      'ec2-warden: There is no rule "imdsv1-cal". Did you mean imdsv1-call? "ec2-warden rules" lists them all.\n',
    ],
    [
      ['lnit', '.'],
      'ec2-warden: unknown command \'lnit\'\n(Did you mean lint?)\nRun "ec2-warden --help" for the commands; "ec2-warden lint FILE" lints a file.\n',
    ],
    [
      ['lsp'],
      'ec2-warden: required option \'--stdio\' not specified\nRun "ec2-warden --help" for the commands; "ec2-warden lint FILE" lints a file.\n',
    ],
  ])('%j, with a sentence and exit status 2, and nothing is written', async (args, stderr) => {
    const folder = folderWith({ 'a.sh': CALL });
    expect(await ranIn(folder, args)).toEqual({ status: 2, stdout: '', stderr });
    expect(contentOf(folder, 'a.sh')).toBe(CALL);
  });
});

describe('ec2-warden', () => {
  it('prints its version and its help', async () => {
    expect(await ranIn('/', ['--version'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
    });
    expect(await ranIn('/', ['--help'])).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringMatching(/\n {2}rules \[ID\] +list .*\n {2}lsp \[options\] +speak /) as string,
    });
    // commander would show the empty list that a repeatable option begins with.
    expect((await ranIn('/', ['lint', '--help'])).stdout).not.toContain('[]');
    expect(await ranIn('/', ['lint', '--help'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Exit status:') as string,
    });
    expect(await ranIn('/', [])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('Usage:') as string,
    });
  });

  it('is documented: every option of every command', () => {
    const documentation = fs.readFileSync('docs/command-line.md', 'utf8');
    const done = (): Promise<void> => Promise.resolve();
    const nothing = { lint: done, enforce: done, rules: done, lsp: () => undefined };
    const { commands } = commandLine('1.2.3', nothing, surroundingsIn('/'));
    const options = commands.flatMap((command) =>
      command.options.filter(({ hidden }) => !hidden).map(({ long }) => long),
    );
    expect(options).toContain('--fix-dry-run');
    expect(
      [...commands.map((command) => `ec2-warden ${command.name()}`), ...options].filter(
        (name) => !documentation.includes(name ?? ''),
      ),
    ).toEqual([]);
  });

  it('hands a plan on, with its exit status', async () => {
    const args = ['enforce', '--plan', 'p.json', '--profile', 'work', '--yes', '--allow-breaking', '--log', 'l'];
    expect(await ranIn('/', args)).toEqual({
      status: 1,
      stdout: '{"plan":"p.json","profile":"work","yes":true,"allowBreaking":true,"log":"l"}\n',
      stderr: '',
    });
  });

  it.each([
    [['enforce'], "required option '--plan <file>' not specified"],
    [['enforce', '--plan', 'p.json', '--dry-run', '--yes'], "option '--dry-run' cannot be used with option '--yes'"],
  ])('refuses %j', async (args, said) => {
    expect(await ranIn('/', args)).toMatchObject({ status: 2, stderr: expect.stringContaining(said) as string });
  });

  it('lists rules, and describes one', async () => {
    expect(await ranIn('/', ['rules'])).toEqual({
      status: 0,
      stdout:
        'imdsv1-call              warning  safe        Metadata request without a token\n' +
        'credentials-permissions  error    suggestion  Credential file open to others\n',
      stderr: '',
    });
    expect(await ranIn('/', ['rules', 'imdsv1-call'])).toEqual({
      status: 0,
      stdout: [
        'imdsv1-call: Metadata request without a token',
        '',
        'Anyone who makes the instance send a request can read its credentials.',
        '',
        'severity  warning',
        'fix       safe',
        'page      https://example.com/docs/rules/imdsv1-call.md',
        '',
      ].join('\n'),
      stderr: '',
    });
  });

  it('starts the language server, and leaves the exit status to it', async () => {
    expect(await ranIn('/', ['lsp', '--stdio', '--clientProcessId=123'])).toEqual({
      status: undefined,
      stdout: 'server\n',
      stderr: '',
    });
  });
});
