import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createEngine } from '../engine';
import { lint } from './lint';
import { surroundingsIn } from './testing/surroundings';

const CALL = '#!/bin/sh\ncurl -s http://169.254.169.254/latest/meta-data/hostname\n';
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Runs the tool with the real engine in a folder with these files. */
async function run(
  files: Readonly<Record<string, string>>,
  paths: readonly string[],
  rule: readonly string[] = [],
): Promise<{ status: number; findings: { ruleId: string; severity: string; file: string; line: number }[] }> {
  const cwd = mkdtempSync(join(tmpdir(), 'ec2-warden-configuration-'));
  folders.push(cwd);
  for (const [name, text] of Object.entries({ '.git/HEAD': 'ref: x\n', ...files })) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  const surroundings = surroundingsIn(cwd);
  const options = { format: 'json', failOn: 'warning', rule } as const;
  const status = await lint(paths, options, createEngine(), surroundings, '1.2.3');
  return { status, findings: (JSON.parse(surroundings.printed().stdout) as { findings: never[] }).findings };
}

describe('.ec2-warden.yaml', () => {
  it('sets severities for the files below it; the command line counts for more', async () => {
    const files = { '.ec2-warden.yaml': 'rules:\n  imdsv1-call: hint\n', 'web/a.sh': CALL };
    expect(await run(files, ['.'])).toMatchObject({ status: 0, findings: [{ severity: 'hint' }] });
    expect(await run(files, ['web/a.sh'], ['imdsv1-call=error'])).toMatchObject({
      status: 1,
      findings: [{ severity: 'error' }],
    });
  });

  it('leaves files out of a folder, and none that is named', async () => {
    const files = { '.ec2-warden.yaml': 'ignore: [examples/]\n', 'examples/a.sh': CALL, 'b.sh': CALL };
    expect((await run(files, ['.'])).findings.map(({ file }) => file)).toEqual(['b.sh']);
    expect((await run(files, ['examples/a.sh'])).findings).toHaveLength(1);
  });

  it.each([[['.']], [['web/a.sh']]])('is itself reported where it is wrong: %j', async (paths) => {
    const files = { '.ec2-warden.yaml': 'rules:\n  imdsv1-calls: off\n', 'web/a.sh': CALL };
    const { status, findings } = await run(files, paths);
    expect(status).toBe(1);
    expect(findings).toMatchObject([
      { ruleId: 'invalid-configuration', file: '.ec2-warden.yaml', line: 2, severity: 'error' },
      { ruleId: 'imdsv1-call' },
    ]);
  });
});
