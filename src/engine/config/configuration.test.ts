import { describe, expect, test } from 'vitest';
import { createEngine, DEFAULT_SETTINGS, type FileAccess } from '..';
import { readConfiguration, withConfiguration } from './configuration';
import { findConfiguration } from './find-configuration';

const RULES = ['imdsv1-call', 'open-port'];

describe('a configuration', () => {
  test('says what it says, and nothing more', () => {
    const text = `# the fleet's
rules:
  imdsv1-call: error
  open-port: off
ignore: [examples/, "*.bak"]
tokenTtlSeconds: 60
ports:
  management: [22, 3389]
  public: [443]
  wideRange: 100
trustedCidrs:
  - 203.0.113.0/24
  - 2001:db8::/32
`;
    const { configuration, problems } = readConfiguration(text, RULES);
    expect(problems).toEqual([]);
    expect(configuration).toEqual({
      rules: { 'imdsv1-call': 'error', 'open-port': 'off' },
      ignore: ['examples/', '*.bak'],
      tokenTtlSeconds: 60,
      network: {
        managementPorts: [22, 3389],
        publicPorts: [443],
        widePortRange: 100,
        trustedCidrs: ['203.0.113.0/24', '2001:db8::/32'],
      },
    });
  });

  test.each(['', '# nothing yet\n', 'rules:\n', 'ports:\nignore:\n', '---\n'])('may be empty: %j', (text) => {
    const { configuration, problems } = readConfiguration(text, RULES);
    expect(problems).toEqual([]);
    expect(withConfiguration(DEFAULT_SETTINGS, configuration)).toEqual(DEFAULT_SETTINGS);
  });

  test.each([
    ['rule:\n  x: off\n', 'rule', 'There is no setting "rule".'],
    ['rules:\n  no-such: off\n', 'no-such', 'There is no rule "no-such".'],
    ['rules:\n  __proto__: off\n', '__proto__', 'There is no rule "__proto__".'],
    ['rules:\n  imdsv1-call: fatal\n', 'fatal', 'must be error, warning, information, hint or off'],
    ['rules:\n  imdsv1-call: false\n', 'false', 'must be error'],
    ['rules:\n  imdsv1-call: [off]\n', '[off]', 'must be error'],
    ['rules: off\n', 'off', 'rules must name rules'],
    ['ports: 22\n', '22', 'a list of settings: management, public, wideRange'],
    ['ports:\n  management: 22\n', '22', 'must be a list'],
    ['ports:\n  management: [22, ssh]\n', 'ssh', 'a whole number from 0 to 65535'],
    ['ports:\n  management: [22, 70000]\n', '70000', 'a whole number from 0 to 65535'],
    ['ports:\n  wideRange: 0\n', '0', 'from 1 to 65536'],
    ['tokenTtlSeconds: 1.5\n', '1.5', 'from 1 to 21600'],
    ['trustedCidrs: [203.0.113.4]\n', '203.0.113.4', 'address block such as'],
    ['trustedCidrs: [0.0.0.0/0]\n', '0.0.0.0/0', 'the whole internet'],
    ['ignore: [3]\n', '3', 'must be a pattern'],
    ['tokenTtlSeconds: 1\ntokenTtlSeconds: 60\n', 'tokenTtlSeconds', 'said again below'],
  ])('%j is told about at its place, and all else counts', (text, place, message) => {
    const other = text.startsWith('ignore') ? '' : 'ignore: [kept]\n';
    const { configuration, problems } = readConfiguration(`${text}${other}`, RULES);
    expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining(message) as string]);
    const [problem] = problems;
    expect(text.slice(problem?.range.start, problem?.range.end).trim()).toContain(place);
    expect(configuration.ignore).toEqual(other === '' ? [] : ['kept']);
  });

  test('that is no YAML says so', () => {
    const { problems } = readConfiguration('rules: {imdsv1-call: off\nignore: [', RULES);
    expect(problems[0]?.message).toMatch(/^This is not YAML: /);
  });

  test('that is a list, or a word, says what it should be', () => {
    for (const text of ['- imdsv1-call\n', 'imdsv1-call\n']) {
      expect(readConfiguration(text, RULES).problems).toMatchObject([
        { message: expect.stringContaining('must be a list of settings: rules') as string },
      ]);
    }
  });

  test('has findings when it is linted, at its own lines, like any other document', () => {
    const text = 'rules:\n  imdsv1-call: error\n  nonsense: off\n';
    const { kind, findings } = createEngine().lint({ uri: 'file:///w/.ec2-warden.yaml', text });
    expect(kind).toBe('EC2 Warden configuration');
    const start = text.indexOf('nonsense');
    expect(findings).toMatchObject([
      { ruleId: 'invalid-configuration', severity: 'error', range: { start, end: start + 8 } },
    ]);
  });
});

describe('the configuration of a file', () => {
  const access = (files: Readonly<Record<string, string>>): FileAccess => ({
    read: (uri) => Promise.resolve(files[uri]),
    list: () => Promise.resolve([]),
  });
  const find = (uri: string, files: Readonly<Record<string, string>>): ReturnType<typeof findConfiguration> =>
    findConfiguration(uri, access(files), RULES);

  test('is the nearest above it', async () => {
    const files = {
      'file:///w/.ec2-warden.yaml': 'tokenTtlSeconds: 1\n',
      'file:///w/a/.ec2-warden.yml': 'tokenTtlSeconds: 2\n',
    };
    expect(await find('file:///w/a/b/c.sh', files)).toMatchObject({ configuration: { tokenTtlSeconds: 2 } });
    expect(await find('file:///w/b/c.sh', files)).toMatchObject({ configuration: { tokenTtlSeconds: 1 } });
    expect(await find('file:///c.sh', files)).toBeUndefined();
  });

  test('is not looked for above the repository', async () => {
    const files = { 'file:///.ec2-warden.yaml': '', 'file:///w/.git/HEAD': 'ref: refs/heads/main' };
    expect(await find('file:///w/a/c.sh', files)).toBeUndefined();
    expect(await find('file:///v/a/c.sh', files)).toBeDefined();
  });

  test('may leave it out', async () => {
    const files = {
      'file:///w/.ec2-warden.yaml': 'ignore:\n  - examples/\n  - "!examples/kept.sh"\n  - "*.bak.sh"\n  - a b.sh\n',
    };
    const ignored = async (path: string): Promise<unknown> => (await find(`file:///w/${path}`, files))?.ignored;
    expect(await ignored('examples/x.sh')).toBe(true);
    expect(await ignored('deep/x.bak.sh')).toBe(true);
    expect(await ignored('a%20b.sh')).toBe(true);
    expect(await ignored('x.sh')).toBe(false);
  });

  test.each(['untitled:Untitled-1', 'not a uri', '', 'file:', 'vscode-vfs://github'])('of %j is none', async (uri) => {
    expect(await find(uri, { 'file:///.ec2-warden.yaml': '' })).toBeUndefined();
  });
});
