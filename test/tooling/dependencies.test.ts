import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isInstalled } from '../../scripts/dependencies.mjs';

let root = '';

const LOCKED = {
  '': { version: '1.0.0' },
  'node_modules/a': { version: '1.2.3', integrity: 'sha512-a' },
  'node_modules/a/node_modules/b': { version: '2.0.0', integrity: 'sha512-b' },
  'node_modules/only-on-mac': { version: '1.0.0', integrity: 'sha512-m', optional: true },
};

function write(path: string, value: unknown): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), JSON.stringify(value));
}

/** What npm leaves behind after an install that went well on Linux. */
function install(packages: Record<string, unknown>): void {
  write('node_modules/.package-lock.json', { packages });
  for (const path of Object.keys(packages)) write(join(path, 'package.json'), {});
}

const { 'node_modules/a': a, 'node_modules/a/node_modules/b': b } = LOCKED;
const WHOLE = { 'node_modules/a': a, 'node_modules/a/node_modules/b': b };

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ec2-warden-install-'));
  write('package-lock.json', { packages: LOCKED });
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

test('nothing is installed in a fresh clone', () => {
  expect(isInstalled(root)).toBe(false);
});

test('an install that went well is not done again, though packages for other systems are missing', () => {
  install(WHOLE);
  expect(isInstalled(root)).toBe(true);
});

test('an install that was cut off is done again', () => {
  install(WHOLE);
  rmSync(join(root, 'node_modules/.package-lock.json'));
  expect(isInstalled(root)).toBe(false);
});

test('a record that was cut off is not believed', () => {
  install(WHOLE);
  writeFileSync(join(root, 'node_modules/.package-lock.json'), '{"packages": {');
  expect(isInstalled(root)).toBe(false);
});

test('a package whose folder is gone is installed again', () => {
  install(WHOLE);
  rmSync(join(root, 'node_modules/a/node_modules'), { recursive: true });
  expect(isInstalled(root)).toBe(false);
});

test.each([
  ['version', { ...a, version: '1.2.2' }],
  ['content', { ...a, integrity: 'sha512-other' }],
])('another %s than the locked one is replaced', (_, other) => {
  install({ ...WHOLE, 'node_modules/a': other });
  expect(isInstalled(root)).toBe(false);
});

test('a package that is new in the lock is installed', () => {
  install({ 'node_modules/a': a });
  expect(isInstalled(root)).toBe(false);
});

test.each(['build.mjs', 'package.mjs'])('in a fresh clone, %s installs them first', (script) => {
  cpSync(join(import.meta.dirname, '../../scripts'), join(root, 'scripts'), { recursive: true });
  writeFileSync(join(root, 'npm-cli.js'), "console.log('npm', process.argv[2]); process.exit(1);");
  const env = { ...process.env, npm_execpath: join(root, 'npm-cli.js') };
  const { stderr } = spawnSync(process.execPath, [join(root, 'scripts', script)], { encoding: 'utf8', env });
  expect(stderr).toContain(`npm ci failed in ${root}`);
});
