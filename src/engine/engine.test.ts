import { afterEach, describe, expect, it, vi } from 'vitest';
import { applyEdits, createEngine, DEFAULT_SETTINGS, type Document, type Settings } from './index';
import { imdsv1Call } from './rules/imdsv1-call/rule';
import { SCRIPT, scriptDocument } from './testing/script';

const engine = createEngine();
const CALL = 'curl -s http://169.254.169.254/latest/meta-data/instance-id\n';
const CHMOD = 'chmod 777 ~/.aws/credentials\n';

const settings = (rules: Settings['rules']): Settings => ({ ...DEFAULT_SETTINGS, rules });
const rulesOf = (document: Document, chosen?: Settings): readonly string[] =>
  engine.lint(document, chosen).findings.map(({ ruleId, severity }) => `${ruleId} ${severity}`);

afterEach(() => vi.restoreAllMocks());

describe('rules', () => {
  it('have ids that are slugs, each once', () => {
    const ids = engine.rules.map(({ id }) => id);
    expect(ids.filter((id) => !/^[a-z][a-z0-9-]+$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('say in sentence case what they are, without a full stop, and why in sentences', () => {
    for (const { title, description, url, id } of engine.rules) {
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect(description).toMatch(/^[A-Z][^\n]*\.$/);
      expect(url.endsWith(`/docs/rules/${id}.md`)).toBe(true);
    }
  });
});

describe('couldMatter', () => {
  it.each<[string, Document, boolean]>([
    ['a script that calls the service', scriptDocument(CALL), true],
    ['a script that sets modes of credentials', scriptDocument(CHMOD), true],
    ['a script of neither', scriptDocument('#!/bin/sh\napt-get update\n'), false],
    ['a script with one of our comments', scriptDocument('# ec2-warden-disable x\n'), true],
    ['an empty script', scriptDocument(''), false],
    ['a document of another kind', { uri: 'file:///srv/notes.txt', text: CALL }, false],
    ['a document of another kind with our comment', { uri: 'file:///srv/a.py', text: '# ec2-warden-disable x' }, false],
  ])('%s', (_, document, expected) => {
    expect(engine.couldMatter(document)).toBe(expected);
    if (!expected) expect(engine.lint(document).findings).toEqual([]);
  });
});

describe('lint', () => {
  it.each<[string, Document, string | undefined]>([
    ['a script', scriptDocument('echo hi\n'), 'Shell script'],
    ['a unit', { uri: 'file:///etc/systemd/system/a.service', text: '[Service]\n' }, 'systemd unit'],
    ['a crontab', { uri: 'file:///etc/cron.d/a', text: '' }, 'crontab'],
    ['nothing of ours', { uri: 'file:///srv/a.py', text: 'import os\n' }, undefined],
  ])('says what it took %s for', (_, document, kind) => {
    expect(engine.lint(document)).toMatchObject({ kind, findings: [], failures: [] });
  });

  it('gives findings in the order of the document', () => {
    const text = `${CHMOD}${CALL}${CHMOD}`;
    expect(rulesOf(scriptDocument(text))).toEqual([
      'credentials-permissions warning',
      'imdsv1-call warning',
      'credentials-permissions warning',
    ]);
  });

  it('gives each rule the severity that is set', () => {
    const document = scriptDocument(CALL + CHMOD);
    expect(rulesOf(document, settings({ 'imdsv1-call': 'error', 'credentials-permissions': 'hint' }))).toEqual([
      'imdsv1-call error',
      'credentials-permissions hint',
    ]);
  });

  it('leaves out rules that are off', () => {
    expect(rulesOf(scriptDocument(CALL + CHMOD), settings({ 'imdsv1-call': 'off' }))).toEqual([
      'credentials-permissions warning',
    ]);
  });

  it('minds no rule that does not exist', () => {
    expect(rulesOf(scriptDocument(CALL), settings({ 'no-such-rule': 'error' }))).toEqual(['imdsv1-call warning']);
  });

  it('a severity that is set goes before the one that a rule gives a single finding', () => {
    const document = scriptDocument('curl http://169.254.169.254/\ncurl http://169.254.169.254/computeMetadata/v1/\n');
    expect(rulesOf(document)).toEqual(['imdsv1-call information']);
    expect(rulesOf(document, settings({ 'imdsv1-call': 'error' }))).toEqual(['imdsv1-call error']);
  });

  it('a rule that throws loses its own findings and is told of', () => {
    const defect = new Error('defect');
    vi.spyOn(imdsv1Call, 'check').mockImplementation(() => {
      throw defect;
    });
    const { findings, failures } = engine.lint(scriptDocument(CALL + CHMOD));
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['credentials-permissions']);
    expect(failures).toEqual([{ ruleId: 'imdsv1-call', error: defect }]);
    expect(applyEdits(CALL + CHMOD, engine.fixAll(scriptDocument(CALL + CHMOD)))).toBe(
      `${CALL}chmod 600 ~/.aws/credentials\n`,
    );
  });

  it('gives the same fixes each time that it is asked', () => {
    const [finding] = engine.lint(scriptDocument(CALL)).findings;
    expect(finding?.fixes).toBe(finding?.fixes);
    expect(finding?.fixes[0]?.edits()).toEqual(finding?.fixes[0]?.edits());
  });
});

describe('comments', () => {
  const at = (text: string, chosen?: Settings): readonly string[] =>
    engine
      .lint(scriptDocument(text), chosen)
      .findings.map(({ ruleId, range }) => `${ruleId} ${text.slice(range.start, range.end)}`);

  it.each<[string, string, string[]]>([
    ['silence what they name', `# ec2-warden-disable-next-line imdsv1-call\n${CALL}`, []],
    [
      'that silence nothing are told of',
      '# ec2-warden-disable-next-line imdsv1-call\necho hi\n',
      ['unused-suppression ec2-warden-disable-next-line imdsv1-call'],
    ],
    [
      'are told of once for each rule that silences nothing',
      `# ec2-warden-disable-file imdsv1-call, imdsv1-fallback, credentials-permissions\n${CALL}`,
      [
        'unused-suppression ec2-warden-disable-file imdsv1-call, imdsv1-fallback, credentials-permissions',
        'unused-suppression ec2-warden-disable-file imdsv1-call, imdsv1-fallback, credentials-permissions',
      ],
    ],
    [
      'without a rule are refused',
      '# ec2-warden-disable-file -- legacy\n',
      ['invalid-suppression ec2-warden-disable-file'],
    ],
    [
      'for a rule that does not exist are refused, and not called unused',
      '# ec2-warden-disable-file imdsv1\n',
      ['invalid-suppression ec2-warden-disable-file imdsv1'],
    ],
    ['may enable without a rule', `# ec2-warden-disable imdsv1-call\n${CALL}# ec2-warden-enable\n`, []],
  ])('%s', (_, text, expected) => {
    expect(at(text)).toEqual(expected);
  });

  it.each([
    [
      'the comment',
      `#!/bin/sh\n  # ec2-warden-disable-next-line imdsv1-call -- old\necho hi\n`,
      '#!/bin/sh\necho hi\n',
    ],
    ['one behind a command', 'echo hi # ec2-warden-disable-line imdsv1-call\r\necho ho\r\n', 'echo hi\r\necho ho\r\n'],
    [
      'one of several rules',
      `# ec2-warden-disable-next-line imdsv1-call, credentials-permissions -- old\n${CALL}`,
      `# ec2-warden-disable-next-line imdsv1-call -- old\n${CALL}`,
    ],
  ])('that silence nothing are taken out: %s', (_, text, expected) => {
    const [finding] = engine.lint(scriptDocument(text)).findings;
    expect(applyEdits(text, finding?.fixes[0]?.edits() ?? [])).toBe(expected);
    expect(finding && engine.suppress(scriptDocument(text), finding, 'line')).toBeUndefined();
  });

  it('are not told of where the rule about them is off, or the rule that they name', () => {
    const text = '# ec2-warden-disable-next-line imdsv1-call\necho hi\n# ec2-warden-disable\n';
    expect(at(text, settings({ 'unused-suppression': 'off', 'invalid-suppression': 'off' }))).toEqual([]);
    expect(at(text, settings({ 'imdsv1-call': 'off' }))).toEqual(['invalid-suppression ec2-warden-disable']);
  });

  it('have the severity that is set', () => {
    const [finding] = engine.lint(
      scriptDocument('# ec2-warden-disable\n'),
      settings({ 'invalid-suppression': 'error' }),
    ).findings;
    expect(finding?.severity).toBe('error');
  });

  it('keep a finding from being fixed', () => {
    const document = scriptDocument(`# ec2-warden-disable-next-line imdsv1-call\n${CALL}${CHMOD}`);
    expect(applyEdits(document.text, engine.fixAll(document))).toBe(
      `# ec2-warden-disable-next-line imdsv1-call\n${CALL}chmod 600 ~/.aws/credentials\n`,
    );
  });
});

describe('fixAll', () => {
  const fixed = (text: string, ...rest: [Settings?, ((ruleId: string) => boolean)?]): string =>
    applyEdits(text, engine.fixAll(scriptDocument(text), ...rest));

  it('puts everything right at once, with one token', () => {
    expect(fixed(CALL + CHMOD + CALL)).toBe(
      `TOKEN=$(curl -sSf -X PUT "http://169.254.169.254/latest/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 300")
curl -H "X-aws-ec2-metadata-token: $TOKEN" -s http://169.254.169.254/latest/meta-data/instance-id
chmod 600 ~/.aws/credentials
curl -H "X-aws-ec2-metadata-token: $TOKEN" -s http://169.254.169.254/latest/meta-data/instance-id
`,
    );
  });

  it('keeps to the rules that are asked for', () => {
    expect(fixed(CALL + CHMOD, undefined, (id) => id === 'credentials-permissions')).toBe(
      `${CALL}chmod 600 ~/.aws/credentials\n`,
    );
    expect(fixed(CALL + CHMOD, undefined, () => false)).toBe(CALL + CHMOD);
  });

  it('leaves rules alone that are off', () => {
    expect(fixed(CALL + CHMOD, settings({ 'imdsv1-call': 'off' }))).toBe(`${CALL}chmod 600 ~/.aws/credentials\n`);
  });

  it('asks for tokens with the lifetime that is set', () => {
    expect(fixed(CALL, { ...DEFAULT_SETTINGS, tokenTtlSeconds: 60 })).toContain('ttl-seconds: 60"');
  });

  it('makes no suggestion', () => {
    const text = `T=$(curl -sX PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" http://169.254.169.254/latest/api/token)
[ -n "$T" ] || curl http://169.254.169.254/latest/meta-data/instance-id
`;
    const [finding] = engine.lint(scriptDocument(text)).findings;
    expect(finding?.fixes.map(({ safety }) => safety)).toEqual(['suggestion']);
    expect(fixed(text)).toBe(text);
  });

  it('changes nothing when asked again', () => {
    const once = fixed(CALL + CHMOD);
    expect(engine.fixAll(scriptDocument(once))).toEqual([]);
  });

  it.each<[string, Document]>([
    ['a clean script', scriptDocument('echo hi\n')],
    ['an empty one', scriptDocument('')],
    ['a document of another kind', { uri: 'file:///srv/a.py', text: CALL }],
  ])('has nothing to do in %s', (_, document) => {
    expect(engine.fixAll(document)).toEqual([]);
  });
});

describe('prepare', () => {
  it('needs nothing for a script', async () => {
    const document = await engine.prepare({ uri: SCRIPT, text: CALL });
    expect(rulesOf(document)).toEqual(['imdsv1-call warning']);
  });
});
