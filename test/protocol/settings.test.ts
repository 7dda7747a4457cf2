import { DiagnosticRefreshRequest, DiagnosticSeverity, ResponseError } from 'vscode-languageserver/node';
import { describe, expect, test } from 'vitest';
import { clientWithout, converse, until } from './conversation';
import { DEFAULT_SETTINGS } from '../../src/engine';
import { fakeEngine } from './fake-engine';

const URI = 'file:///w/user-data.sh';
const TEXT = '#!/bin/sh\ncurl V1\nchmod OPEN\n';

describe('settings', () => {
  test('are asked per resource, once', async () => {
    const client = await converse(fakeEngine(), {
      settings: { rules: { 'imdsv1-call': 'error', 'credentials-permissions': 'off' } },
    });
    await client.open(URI, TEXT);
    expect(await client.diagnostics(URI)).toMatchObject([{ code: 'imdsv1-call', severity: DiagnosticSeverity.Error }]);
    await client.diagnostics(URI);
    expect(client.asked).toEqual([{ scopeUri: URI, section: 'ec2Warden' }]);
  });

  test('reach the engine', async () => {
    const engine = fakeEngine();
    const client = await converse(engine, {
      settings: { rules: { 'imdsv1-call': 'hint' }, lint: { tokenTtlSeconds: 60 } },
    });
    await client.open(URI, TEXT);
    await client.diagnostics(URI);
    expect(engine.settingsSeen).toEqual([
      { ...DEFAULT_SETTINGS, rules: { 'imdsv1-call': 'hint' }, tokenTtlSeconds: 60 },
    ]);
  });

  test('of the network reach the engine', async () => {
    const engine = fakeEngine();
    const network = { managementPorts: [22], publicPorts: [], trustedCidrs: ['203.0.113.0/24'], widePortRange: 10 };
    const client = await converse(engine, { settings: { network } });
    await client.open(URI, TEXT);
    await client.diagnostics(URI);
    expect(engine.settingsSeen).toEqual([{ ...DEFAULT_SETTINGS, network }]);
  });

  test('of the network are used as far as they make sense', async () => {
    const engine = fakeEngine();
    const client = await converse(engine, {
      settings: {
        network: {
          managementPorts: [22, 'ssh', 70_000],
          publicPorts: 80,
          trustedCidrs: ['0.0.0.0/0'],
          widePortRange: 0,
        },
      },
    });
    await client.open(URI, TEXT);
    await client.diagnostics(URI);
    expect(engine.settingsSeen).toEqual([
      { ...DEFAULT_SETTINGS, network: { ...DEFAULT_SETTINGS.network, managementPorts: [22] } },
    ]);
    expect(client.logs.map(({ message }) => message)).toEqual([
      'ec2Warden.network.widePortRange must be a whole number from 1 to 65536; 1000 is used.',
      'ec2Warden.network.managementPorts: item 2 must be a whole number from 0 to 65535; it is left out.',
      'ec2Warden.network.managementPorts: item 3 must be a whole number from 0 to 65535; it is left out.',
      'ec2Warden.network.publicPorts must be a list; its default is used.',
      'ec2Warden.network.trustedCidrs: item 1 is the whole internet, from which nothing would be told any more; it is left out.',
    ]);
  });

  test('take effect at once: the client is told to ask again', async () => {
    const client = await converse(fakeEngine());
    await client.open(URI, TEXT);
    const first = await client.diagnose(URI);
    expect(client.registered).toContain('workspace/didChangeConfiguration');
    await client.changeSettings({ lint: { enable: false } });
    await until(() => client.refreshes.count === 1);
    expect(await client.diagnose(URI, first.resultId)).toMatchObject({ kind: 'full', items: [] });
    await client.changeSettings({ lint: { enable: true } });
    await until(() => client.refreshes.count === 2);
    expect(await client.diagnostics(URI)).toHaveLength(2);
  });

  test('take effect although the client refuses to be told', async () => {
    const client = await converse(fakeEngine());
    client.connection.onRequest(DiagnosticRefreshRequest.type, () => new ResponseError(-32603, 'not today'));
    await client.open(URI, TEXT);
    await client.changeSettings({ lint: { enable: false } });
    await until(() =>
      client.logs.some(({ message }) => message === 'workspace/diagnostic/refresh was refused: error -32603'),
    );
    expect(await client.diagnostics(URI)).toEqual([]);
  });

  test('that are the same after a change leave the result what it was', async () => {
    const engine = fakeEngine();
    const client = await converse(engine, { settings: { rules: { 'imdsv1-call': 'hint' } } });
    await client.open(URI, TEXT);
    const first = await client.diagnose(URI);
    await client.changeSettings({ rules: { 'imdsv1-call': 'hint' }, trace: { server: 'verbose' } });
    expect(await client.diagnose(URI, first.resultId)).toMatchObject({ kind: 'unchanged' });
    expect(engine.linted).toHaveLength(1);
  });

  test.each<[string, unknown, string[]]>([
    ['nothing', null, []],
    ['a string', 'loud', ['ec2Warden must be an object; defaults are used.']],
    ['a list', [], ['ec2Warden must be an object; defaults are used.']],
    ['lint as a number', { lint: 3 }, ['ec2Warden.lint must be an object; defaults are used.']],
    ['enable as text', { lint: { enable: 'no' } }, ['ec2Warden.lint.enable must be true or false; true is used.']],
    ...[0, 21_601, 1.5, '300', Number.NaN].map((tokenTtlSeconds): [string, unknown, string[]] => [
      `a token lifetime of ${JSON.stringify(tokenTtlSeconds)}`,
      { lint: { tokenTtlSeconds } },
      Number.isNaN(tokenTtlSeconds)
        ? []
        : ['ec2Warden.lint.tokenTtlSeconds must be a whole number from 1 to 21600; 300 is used.'],
    ]),
    ['rules as a list', { rules: ['imdsv1-call'] }, ['ec2Warden.rules must be an object; defaults are used.']],
    ['an unknown rule', { rules: { 'no-such': 'off' } }, ['ec2Warden.rules names "no-such", which is no rule.']],
    [
      'an unknown severity',
      { rules: { 'imdsv1-call': 'fatal' } },
      ['ec2Warden.rules: imdsv1-call must be error, warning, information, hint or off; its default is used.'],
    ],
    [
      'a prototype',
      JSON.parse('{"rules":{"__proto__":"off","constructor":"off"}}'),
      [
        'ec2Warden.rules names "__proto__", which is no rule.',
        'ec2Warden.rules names "constructor", which is no rule.',
      ],
    ],
  ])('%s instead of settings gives the defaults and a line in the log', async (_, settings, lines) => {
    const engine = fakeEngine();
    const client = await converse(engine, { settings });
    await client.open(URI, TEXT);
    expect(await client.diagnostics(URI)).toHaveLength(2);
    expect(engine.settingsSeen).toEqual([DEFAULT_SETTINGS]);
    expect(client.logs.map(({ message }) => message)).toEqual(lines);
  });

  test('the same complaint is logged once, however many documents it concerns', async () => {
    const client = await converse(fakeEngine(), { settings: 'loud' });
    for (const uri of [URI, 'file:///w/b.sh', 'file:///w/c.sh']) {
      await client.open(uri, TEXT);
      await client.diagnostics(uri);
    }
    expect(client.logs).toHaveLength(1);
  });

  test('a client that fails to answer gets the defaults', async () => {
    const client = await converse(fakeEngine(), { settings: new Error('no settings today') });
    await client.open(URI, TEXT);
    expect(await client.diagnostics(URI)).toHaveLength(2);
    expect(client.logs).toMatchObject([{ message: expect.stringContaining('defaults are used') as string }]);
  });
});

describe('.ec2-warden.yaml', () => {
  const HERE = 'vfs://host/w/web/user-data.sh';
  const FILE = 'vfs://host/w/.ec2-warden.yaml';

  test('counts for more than the settings of the editor, and for what it says only', async () => {
    const client = await converse(fakeEngine(), {
      files: { [FILE]: 'rules:\n  imdsv1-call: hint\n' },
      settings: { rules: { 'imdsv1-call': 'error', 'credentials-permissions': 'error' } },
    });
    await client.open(HERE, TEXT);
    expect(await client.diagnostics(HERE)).toMatchObject([
      { code: 'imdsv1-call', severity: DiagnosticSeverity.Hint },
      { code: 'credentials-permissions', severity: DiagnosticSeverity.Error },
    ]);
  });

  test('leaves files out, and says so', async () => {
    const client = await converse(fakeEngine(), { files: { [FILE]: 'ignore: [web/]\n' } });
    await client.open(HERE, TEXT);
    expect(await client.diagnostics(HERE)).toEqual([]);
    expect(client.statuses).toMatchObject([{ outcome: 'ignored' }]);
  });

  test('takes effect at once when it is written, typed or deleted', async () => {
    const client = await converse(fakeEngine());
    await client.open(HERE, TEXT);
    expect(await client.diagnostics(HERE)).toHaveLength(2);
    await client.writeFile(FILE, 'rules:\n  imdsv1-call: off\n');
    await until(() => client.refreshes.count === 1);
    expect(await client.diagnostics(HERE)).toHaveLength(1);
    await client.open(FILE, 'rules:\n  imdsv1-call: off\n  credentials-permissions: off\n', 'yaml');
    await until(() => client.refreshes.count === 2);
    expect(await client.diagnostics(HERE)).toEqual([]);
    await client.close(FILE);
    await client.writeFile(FILE, undefined);
    await until(() => client.refreshes.count >= 3);
    expect(await client.diagnostics(HERE)).toHaveLength(2);
  });
});

describe('clients without workspace/configuration', () => {
  const capabilities = clientWithout('workspace.configuration');
  delete capabilities.workspace?.didChangeConfiguration;

  test.each([
    ['bare', { rules: { 'imdsv1-call': 'off' } }],
    ['under their name', { ec2Warden: { rules: { 'imdsv1-call': 'off' } } }],
  ])('pass them when they start, %s', async (_, initializationOptions) => {
    const client = await converse(fakeEngine(), { capabilities, initializationOptions });
    await client.open(URI, TEXT);
    expect(await client.diagnostics(URI)).toMatchObject([{ code: 'credentials-permissions' }]);
    expect(client.asked).toEqual([]);
    expect(client.registered).not.toContain('workspace/didChangeConfiguration');
  });

  test('push them when they change', async () => {
    const client = await converse(fakeEngine(), { capabilities });
    await client.open(URI, TEXT);
    expect(await client.diagnostics(URI)).toHaveLength(2);
    await client.changeSettings({ ec2Warden: { lint: { enable: false } } });
    expect(await client.diagnostics(URI)).toEqual([]);
  });
});

describe('ec2Warden/status', () => {
  test.each([
    ['a script with findings', TEXT, {}, { outcome: 'linted', kind: 'Shell script', findings: 2 }],
    ['a clean script', '#!/bin/sh\n', {}, { outcome: 'linted', kind: 'Shell script', findings: 0 }],
    ['a script of no interest', '#!/bin/sh\nBORING\n', {}, { outcome: 'nothing-to-check', kind: null, findings: 0 }],
    ['no script', 'V1', {}, { outcome: 'unsupported', kind: null, findings: 0 }],
    ['linting switched off', TEXT, { lint: { enable: false } }, { outcome: 'disabled', kind: null, findings: 0 }],
  ])('says what became of %s', async (_, text, settings, status) => {
    const client = await converse(fakeEngine(), { settings });
    await client.open(URI, text);
    await client.diagnostics(URI);
    expect(client.statuses).toEqual([{ uri: URI, version: 1, ...status }]);
  });

  test('is not sent to clients that did not ask for it', async () => {
    const capabilities = clientWithout('experimental.ec2WardenStatus');
    const client = await converse(fakeEngine(), { capabilities });
    await client.open(URI, TEXT);
    await client.diagnostics(URI);
    expect(client.statuses).toEqual([]);
  });
});
