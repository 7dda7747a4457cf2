import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { isVagueName, violations } from './layers';

const ROOT = join(import.meta.dirname, '../..');
const LARGEST_FILE_KB = 15;

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs|mts)$/.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(ROOT.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !path.includes('node_modules/'));
}

const isTest = (path: string): boolean => /\.test\.ts$|\/testing\//.test(path);
const sources = filesBelow('src').filter((path) => !isTest(path));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** "Cannot find name" and "Cannot find namespace", with and without advice on which types to install. */
const UNKNOWN_NAME = new Set([2304, 2503, 2552, 2580, 2581, 2584, 2591]);

/** Pure functions that every JavaScript runtime has besides the language. */
const EVERYWHERE = /'(TextDecoder|TextEncoder)'/;

/** What sources name that not every runtime has. */
function unknownNames(paths: readonly string[]): string[] {
  const { options } = ts.parseJsonConfigFileContent(JSON.parse(read('tsconfig.json')), ts.sys, ROOT);
  const files = paths.map((path) => resolve(ROOT, path));
  const program = ts.createProgram(files, { ...options, types: [], lib: ['lib.es2023.d.ts'] });
  return program
    .getSemanticDiagnostics()
    .filter(({ code }) => UNKNOWN_NAME.has(code))
    .map(({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`)
    .filter((message) => !EVERYWHERE.test(message));
}

describe('the source keeps to its layers', () => {
  test('there are sources of every layer', () => {
    const layers = new Set(sources.map((path) => path.split('/')[1]));
    expect([...layers].sort()).toEqual(expect.arrayContaining(['aws', 'cli', 'client', 'engine', 'server']));
  });

  test('imports point one way', () => {
    expect(sources.flatMap((path) => violations(path, read(path)))).toEqual([]);
  }, 60_000);

  test('the engine compiles with nothing but the language itself: no DOM, no Node.js, no editor', () => {
    expect(unknownNames(sources.filter((path) => path.startsWith('src/engine/')))).toEqual([]);
  }, 60_000);

  test.each(['src', 'test', 'bench', 'scripts'])('every file of %s has a name that says what is in it', (folder) => {
    expect(filesBelow(folder).filter(isVagueName)).toEqual([]);
  });

  test(`no source is larger than ${LARGEST_FILE_KB} KB`, () => {
    const large = sources.filter((path) => Buffer.byteLength(read(path)) > LARGEST_FILE_KB * 1024);
    expect(large).toEqual([]);
  });
});

describe('what breaks the layering is seen', () => {
  test.each([
    ['src/engine/lint.ts', "import { readFileSync } from 'node:fs';"],
    ['src/engine/lint.ts', "import fs from 'fs';"],
    ['src/engine/lint.ts', "import type { Position } from 'vscode';"],
    ['src/engine/lint.ts', "export { Range } from 'vscode-languageserver';"],
    ['src/engine/lint.ts', "import { parse } from 'unbash';"],
    ['src/engine/shell/syntax.ts', "import { parse } from 'yaml';"],
    ['src/engine/lint.ts', "import type { Host } from '../cli/run';"],
    ['src/engine/lint.ts', "const os = await import('node:os');"],
    ['src/engine/lint.ts', "const os = require('node:os');"],
    ['src/engine/lint.ts', "let place: import('vscode').Range;"],
    ['src/server/hover.ts', "import { lint } from '../engine/lint';"],
    ['src/server/hover.ts', "import { readFile } from 'node:fs/promises';"],
    ['src/server/hover.ts', "import { window } from 'vscode';"],
    ['src/client/api.ts', "import { createEngine } from '../engine';"],
    ['src/client/api.ts', "import { type Finding, createEngine } from '../engine';"],
    ['src/client/api.ts', "import { createServer } from '../server/server';"],
    ['src/aws/create.ts', "import { window } from 'vscode';"],
    ['src/aws/create.ts', "import { HOSTS } from '../engine/hosts/registry';"],
    ['src/client/api.ts', "import { EC2Client } from '@aws-sdk/client-ec2';"],
    ['src/cli/run.ts', "import { createServer } from '../server/server';"],
    ['src/cli/run.ts', "import axios from 'axios';"],
    ['src/cli/run.ts', "import { createAws } from '../aws';"],
    ['src/cli/main.ts', "import { enforce } from './enforce';"],
    ['src/cli/main.ts', "const { enforcePlan } = await import('./enforce/enforce');"],
    ['src/cli/enforce/index.ts', "import { EC2Client } from '@aws-sdk/client-ec2';"],
    ['src/cli/enforce/index.ts', "import { difference } from '../../aws/metadata-options/change';"],
    ['src/explorer/index.ts', "import { EC2Client } from '@aws-sdk/client-ec2';"],
    ['src/explorer/index.ts', "import { listPages } from '../aws/inventory/lists';"],
    ['src/explorer/index.ts', "import { readFile } from 'node:fs/promises';"],
    ['src/aws/create.ts', "import { window } from 'vscode';"],
    ['src/shared/anything.ts', ''],
  ])('%s: %s', (path, text) => {
    expect(violations(path, text)).toHaveLength(1);
  });

  test.each([
    ['src/engine/shell/syntax.ts', "import { parse } from 'unbash';"],
    ['src/engine/rules/rule.ts', "import { x } from '../text/range'; import type { y } from './z';"],
    ['src/server/hover.ts', "import { createEngine } from '../engine'; import { Hover } from 'vscode-languageserver';"],
    ['src/server/browser.ts', "import type { MessagePort } from 'node:worker_threads';"],
    ['src/server/node.ts', "import { createConnection } from 'vscode-languageserver/node'; import 'node:net';"],
    ['src/client/api.ts', "import { type Finding } from '../engine'; import { window } from 'vscode';"],
    ['src/client/extension.ts', "import { registerExplorer } from '../explorer';"],
    ['src/explorer/index.ts', "import type { Aws } from '../aws'; import { l10n } from 'vscode';"],
    ['src/client/api.ts', "import { STATUS_METHOD } from '../server/protocol';"],
    [
      'src/aws/create.ts',
      "import { EC2Client } from '@aws-sdk/client-ec2'; import { readFile } from 'node:fs/promises';",
    ],
    ['src/aws/create.ts', "import type { Instance } from '../engine/ec2/model';"],
    ['src/cli/run.ts', "import { createEngine } from '../engine'; import { readFileSync } from 'node:fs';"],
    ['src/cli/run.ts', "import type { EnforceOptions } from './enforce/options';"],
    ['src/cli/enforce/index.ts', "import { createAws } from '../../aws'; import { reason } from '../fault';"],
  ])('%s may: %s', (path, text) => {
    expect(violations(path, text)).toEqual([]);
  });

  test.each(['process.env', 'document.title', 'fetch', 'Buffer.from("")', 'console.log', 'setTimeout'])(
    '%s is unknown',
    (expression) => {
      const file = join(mkdtempSync(join(tmpdir(), 'ec2-warden-layers-')), 'impure.ts');
      writeFileSync(file, `export const impure = ${expression};`);
      try {
        expect(unknownNames([file])).toHaveLength(1);
      } finally {
        rmSync(dirname(file), { recursive: true });
      }
    },
  );

  test.each(['src/engine/utils.ts', 'src/cli/helpers/x.ts', 'src/client/status-manager.ts', 'src/common.ts'])(
    '%s says nothing',
    (path) => {
      expect(isVagueName(path)).toBe(true);
    },
  );

  test('a word that only holds another one is a name', () => {
    expect(isVagueName('src/cli/commonplace.ts')).toBe(false);
  });
});
