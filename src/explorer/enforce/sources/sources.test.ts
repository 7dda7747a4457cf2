import { describe, expect, test } from 'vitest';
import type {
  Aws,
  AwsChanges,
  ChangeEntry,
  GroupRecord,
  InstanceRecord,
  LaunchTemplateRecord,
  MetadataDefaults,
  RegionSources,
  Session,
  SourceChange,
  SourceEntry,
  SourceResult,
  TemplateState,
  TokenUse,
} from '../../../aws';
import { undoableSources } from '../../../aws/sources/log';
import { reverse } from '../../../aws/sources/undo';
import { fakeInstance } from '../../testing/fake-aws';
import { changeLogText } from '../change-log';
import type { Question } from '../question';
import { requireForNew, type SourceTools } from './flow';
import { itemsOf } from './items';
import { sourceParagraphs } from './log-text';
import { undoableEverywhere, undoSourceEntry } from './undo';

const SESSION: Session = Object.freeze({
  profile: 'work',
  region: 'eu-west-1',
  account: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/me',
  partition: 'aws',
});

const state = (version: string, tokens: TemplateState['tokens'], text = '#!/bin/sh\n'): TemplateState => ({
  version,
  tokens,
  endpoint: 'enabled',
  hopLimit: undefined,
  image: 'ami-1',
  userData: { text, encodings: ['base64'] },
});
const template = (name: string, standard: TemplateState, latest = standard): LaunchTemplateRecord => ({
  ...{ id: `lt-${name}`, name, standard, latest, operator: undefined },
});
const group = (name: string, of: string, version: string, more: Partial<GroupRecord> = {}): GroupRecord => ({
  ...{ name, uses: 'launch-template', configuration: undefined, instances: 2 },
  templates: [{ id: `lt-${of}`, name: of, version }],
  ...more,
});
const NO_PREFERENCE: MetadataDefaults = {
  ...{ tokens: undefined, hopLimit: undefined, endpoint: undefined, instanceTags: undefined },
  ...{ enforced: false, managedBy: 'account', exception: undefined },
};
const read = <T>(value: T) => ({ is: 'read', value }) as const;

function region(more: Partial<RegionSources> = {}): RegionSources {
  return {
    defaults: read(NO_PREFERENCE),
    templates: read([template('web', state('1', 'optional'))]),
    groups: read([]),
    images: read([{ id: 'ami-1', name: 'golden', saysV2: false, isPublic: false, created: undefined }]),
    ...more,
  };
}

/** An account, and somebody who chooses by what labels contain. */
function world(sources: RegionSources) {
  const answers = {
    source: '',
    action: '',
    question: 'yes' as 'yes' | 'show' | undefined,
    typed: true,
    undo: false,
    readOnly: undefined as string | undefined,
    use: { total: 0, last: undefined, hours: [] } as TokenUse['tokenless'],
    instances: [fakeInstance(SESSION, 1), fakeInstance(SESSION, 2, { state: 'terminated' })] as InstanceRecord[],
    differences: [] as string[],
  };
  const seen = {
    refused: [] as string[],
    asked: [] as Question[],
    words: [] as string[],
    told: [] as string[],
    sent: [] as SourceChange[],
    undone: [] as string[],
    shown: [] as string[],
    filters: [] as unknown[],
  };
  const entryOf = ({ target, set, expect: before = {} }: SourceChange): SourceEntry => {
    const after = 'newVersionFrom' in set ? { ...before, latestVersion: '9' } : { ...before, ...set };
    const { profile, account, arn, region: where } = SESSION;
    return {
      ...{ id: String(seen.sent.length), step: 'done', at: '2026-11-22T12:00:00Z', profile, account, arn },
      ...{ region: where, target, before, sent: set, after },
    };
  };
  const used: Partial<Aws & AwsChanges> = {
    status: () => ({ expires: undefined, hasExpired: false, usesMfa: false, readOnly: answers.readOnly }),
    accountAlias: () => Promise.resolve('tidewater'),
    sources: () => Promise.resolve(sources),
    checkSource: (_session, { target }) => Promise.resolve(target.kind === 'auto-scaling-group' ? 'untold' : 'allowed'),
    changeSource: (_session, change): Promise<SourceResult> => {
      seen.sent.push(change);
      const differences = 'newVersionFrom' in change.set ? answers.differences : [];
      return Promise.resolve({ entry: entryOf(change), state: 'done', differences });
    },
    undoSource: (_session, entry) => {
      seen.undone.push(entry.id);
      return Promise.resolve({ entry: { ...entry, undoes: entry.id }, state: 'done', differences: [] });
    },
    async *instances(_session, options) {
      await Promise.resolve();
      seen.filters.push(options?.filters);
      yield { items: answers.instances, isLast: true };
    },
    async *tokenUse(_session, ids) {
      await Promise.resolve();
      yield ids.map((instance) => ({ instance, tokenless: answers.use, rejected: undefined }));
    },
  };
  const tools: SourceTools = {
    aws: used as Aws & AwsChanges,
    findCalls: (_name, text) =>
      Promise.resolve(
        text.split('\n').flatMap((line, at) => (line.includes('V1') ? [{ line: at, message: line }] : [])),
      ),
    ui: {
      progress: (_title, work) => work(() => undefined, new AbortController().signal),
      pickSource: (_title, items) => Promise.resolve(items.find(({ label }) => label.includes(answers.source))),
      pickAction: (_title, actions) => Promise.resolve(actions.find(({ label }) => label.includes(answers.action))),
      ask: (question) => {
        seen.asked.push(question);
        return Promise.resolve(answers.question);
      },
      confirmByTyping: (_title, _prompt, word) => {
        seen.words.push(word);
        return Promise.resolve(answers.typed);
      },
      refuse: (message) => void seen.refused.push(message),
      tell: (message, action) => {
        seen.told.push(message);
        return Promise.resolve(answers.undo && action !== undefined);
      },
      showUserData: (_session, { template: name, version }) => {
        seen.shown.push(`${name} ${version}`);
        return Promise.resolve();
      },
    },
  };
  const run = (source: string, action = ''): Promise<void> => {
    Object.assign(answers, { source, action });
    return requireForNew(tools, SESSION);
  };
  return { answers, seen, tools, run };
}

const detailOf = ({ asked }: { readonly asked: readonly Question[] }): string => asked.at(-1)?.detail ?? '';

test('the list tells groups by $Default, $Latest and a number apart, and what could not be read', () => {
  const [old, fresh] = [state('1', 'optional'), state('2', 'required')];
  const sources = region({
    templates: read([template('web', old, fresh)]),
    groups: read([
      group('a', 'web', '$Default'),
      group('b', 'web', '$Latest'),
      group('c', 'web', '1'),
      group('d', 'web', '7'),
      group('e', 'web', '$Default', { uses: 'mixed' }),
      group('f', '', '', { uses: 'configuration', templates: [], configuration: 'web-2019' }),
    ]),
    images: { is: 'failed', failure: Object.assign(new Error('work lacks ec2:DescribeImages.')) as never },
  });
  expect(
    itemsOf(sources).map(({ label, description, detail }) => [label, description, detail].filter(Boolean).join(' | ')),
  ).toEqual([
    '$(shield) Default for new instances | no preference: the image decides, or tokens are optional | Decides where neither the launch nor its launch template says anything',
    '$(shield) Enforcement | off | On, a launch that would leave tokens optional fails',
    '$(shield) web | default version 1: tokens optional · latest version 2: tokens required | Auto Scaling: a, b, c, d, e',
    '$(shield) a | web, the default version · tokens optional | Takes a new default at once ($Default)',
    '$(pass) b | web, the latest version · tokens required | Takes a new version at once ($Latest)',
    '$(shield) c | web, version 1 · tokens optional | Names its version by number: a new one takes an update of the group',
    '$(question) d | web, version 7 | Names its version by number: a new one takes an update of the group',
    '$(shield) e | web, the default version · tokens optional | A policy of mixed instances names its versions',
    '$(question) f | launch configuration web-2019 | A launch configuration cannot be changed',
    '$(question) could not be read | work lacks ec2:DescribeImages.',
  ]);
});

describe('the account default', () => {
  test('names all that it changes, sends it where it is what was shown, and is taken back', async () => {
    const { run, seen, answers } = world(region({ templates: read([template('web', state('1', undefined))]) }));
    answers.undo = true;
    await run('Default', 'hop limit 2');
    expect(seen.asked[0]?.message).toBe('Require tokens by default, with hop limit 2 for containers? Unknown.');
    expect(detailOf(seen).split('\n')).toEqual([
      'Account default',
      'Account: 111122223333 (tidewater)',
      'Region: eu-west-1',
      'As: work (arn:aws:iam::111122223333:user/me)',
      '',
      'Tokens: no-preference → required',
      'Hop limit: no-preference → 2',
      '• It decides for new instances where neither the launch nor its launch template says anything.',
      '• Instances that are there stay as they are; a launch that asks for optional tokens still gets them.',
      '',
      'Verdict: Unknown',
      '• What else is started in this region, and what it runs, is not known from here.',
      '• The user data that new instances would run has no call of IMDSv1.',
    ]);
    expect(seen.sent).toEqual([
      {
        target: { kind: 'account-default' },
        set: { tokens: 'required', hopLimit: 2 },
        expect: { tokens: 'no-preference', hopLimit: -1 },
      },
    ]);
    expect(seen.told[0]).toBe('Account default: Tokens: no-preference → required, Hop limit: no-preference → 2.');
    expect(seen.undone).toEqual(['1']);
  });

  test('enforcement says who would fail, and wants the account typed', async () => {
    const sources = region({ groups: read([group('fleet', 'web', '$Default')]) });
    const { run, seen, answers } = world(sources);
    answers.typed = false;
    await run('Enforcement');
    expect(seen.asked[0]?.message).toBe('Refuse launches without required tokens? Will break something.');
    expect(detailOf(seen)).toContain(
      'Launch template web asks for optional tokens in version 1. No new instance of fleet starts any more.',
    );
    expect(detailOf(seen)).toContain('FAILS');
    expect([seen.words, seen.sent]).toEqual([['111122223333'], []]);
    answers.typed = true;
    await run('Enforcement');
    expect(seen.sent.map(({ set }) => set)).toEqual([{ tokens: 'required', enforced: 'enabled' }]);
  });

  test('of a declarative policy is not for the account to change', async () => {
    const defaults = read({
      ...NO_PREFERENCE,
      managedBy: 'declarative-policy',
      exception: 'Ask the platform team.',
    } as const);
    const { run, seen } = world(region({ defaults }));
    await run('Default');
    await run('Enforcement');
    expect(seen.refused).toHaveLength(2);
    expect(seen.refused[0]).toContain('Ask the platform team.');
  });
});

describe('a launch template', () => {
  test('gets a new version, which becomes the default; both are taken back, the later first', async () => {
    const groups = read([group('a', 'web', '$Default'), group('b', 'web', '$Latest'), group('c', 'web', '1')]);
    const { run, seen, answers } = world(region({ groups }));
    answers.undo = true;
    await run('web', 'made the default');
    expect(detailOf(seen)).toContain('A new version, a copy of version 1 with tokens required');
    expect(detailOf(seen)).toContain('Default version: 1 → the new one');
    expect(detailOf(seen)).toContain('Auto Scaling: new instances of a, b start from it at once.');
    expect(detailOf(seen)).toContain(
      'Auto Scaling: version named by number, so that an update of its own is needed: c.',
    );
    expect(detailOf(seen)).toContain('None of 1 instances started from it made a call without a token in 14 days.');
    expect(seen.filters).toEqual([[{ name: 'tag:aws:ec2launchtemplate:id', values: ['lt-web'] }]]);
    const target = { kind: 'launch-template', id: 'lt-web', name: 'web' };
    expect(seen.sent).toEqual([
      { target, set: { newVersionFrom: '1' }, expect: { defaultVersion: '1', latestVersion: '1' } },
      { target, set: { defaultVersion: '9' }, expect: { defaultVersion: '1' } },
    ]);
    expect(seen.undone).toEqual(['2', '1']);
  });

  test('whose new version came out otherwise does not get it as the default', async () => {
    const { run, seen, answers } = world(region());
    answers.differences = ['BlockDeviceMappings'];
    await run('web', 'made the default');
    expect(seen.sent).toHaveLength(1);
    expect(seen.told[0]).toContain(
      'It differs from version 1 in BlockDeviceMappings, too, so it was not made the default.',
    );
  });

  test('whose user data calls IMDSv1 wants its name typed, and shows the calls', async () => {
    const { run, seen, answers } = world(
      region({ templates: read([template('web', state('3', 'optional', '#!/bin/sh\ncurl V1\n'))]) }),
    );
    answers.typed = false;
    await run('web', 'made the default');
    expect(detailOf(seen)).toContain(
      'The user data of web, version 3, calls IMDSv1 (line 2): that fails on every new instance.',
    );
    expect([seen.words, seen.sent]).toEqual([['web'], []]);
    answers.question = 'show';
    await run('web', 'made the default');
    expect([seen.shown, seen.sent]).toEqual([['web 3'], []]);
  });

  test('whose instances call without a token will break', async () => {
    const { run, seen, answers } = world(region());
    answers.use = { total: 3, last: undefined, hours: [] };
    answers.question = undefined;
    await run('web', 'made the default');
    expect(detailOf(seen)).toContain('1 of 1 instances started from it made calls without a token in 14 days.');
    answers.use = undefined;
    await run('web', 'made the default');
    expect(seen.asked[1]?.message).toContain('Unknown.');
    answers.instances = [];
    await run('web', 'made the default');
    expect(detailOf(seen)).toContain('No instance started from it is there');
    expect(seen.sent).toEqual([]);
  });

  test('whose latest version requires tokens offers it as the default; one of AWS is left alone', async () => {
    const latest = state('2', 'required');
    const { run, seen } = world(
      region({
        templates: read([
          template('web', state('1', 'optional'), latest),
          { ...template('eks', state('1', 'optional')), operator: 'eks.amazonaws.com' },
        ]),
      }),
    );
    await run('web', 'latest version 2');
    expect(seen.sent.map(({ set }) => set)).toEqual([{ defaultVersion: '2' }]);
    await run('eks');
    expect(seen.refused).toEqual(['eks.amazonaws.com manages eks: it is not for others to change.']);
  });
});

describe('an Auto Scaling group', () => {
  const sources = region({
    templates: read([template('web', state('2', 'required'))]),
    groups: read([group('by number', 'web', '1'), group('by default', 'web', '$Default')]),
  });

  test('that names a number takes the version that requires tokens; nobody can ask beforehand', async () => {
    const { run, seen } = world(sources);
    await run('by number');
    expect(detailOf(seen)).toContain('Version of its launch template: 1 → 2');
    expect(detailOf(seen)).toContain('Whether you may do it cannot be asked beforehand.');
    expect(seen.sent).toEqual([
      { target: { kind: 'auto-scaling-group', name: 'by number' }, set: { version: '2' }, expect: { version: '1' } },
    ]);
  });

  test('that follows a template which requires them needs nothing', async () => {
    const { run, seen } = world(sources);
    await run('by default');
    expect(seen.refused).toEqual(['by default starts instances that require tokens already.']);
  });

  test('whose template has no such version leads to the template', async () => {
    const { run, seen } = world(region({ groups: read([group('fleet', 'web', '1')]) }));
    await run('fleet', 'made the default');
    expect(detailOf(seen)).toContain('First its launch template; then choose fleet again.');
    expect(seen.sent[0]?.target).toEqual({ kind: 'launch-template', id: 'lt-web', name: 'web' });
  });
});

test('an image wants its id typed, and offers no undo', async () => {
  const { run, seen, answers } = world(region());
  answers.undo = true;
  await run('golden');
  expect(detailOf(seen)).toContain('CANNOT BE UNDONE');
  expect([seen.words, seen.sent.length, seen.undone]).toEqual([['ami-1'], 1, []]);
});

test('a read-only profile is asked nothing', async () => {
  const { run, seen, answers } = world(region());
  answers.readOnly = 'Account 1 is set to read-only.';
  await run('web');
  expect([seen.refused, seen.asked]).toEqual([['Account 1 is set to read-only. Nothing was changed.'], []]);
});

test('the log tells what was changed among the instances, the latest first, and what can be taken back', () => {
  const { profile, account, arn, region: where } = SESSION;
  const who = { profile, account, arn, region: where };
  const begun: SourceEntry = {
    ...{ id: 'x', step: 'begun', at: '2026-11-22T12:00:00Z', ...who, target: { kind: 'account-default' } },
    ...{ before: { tokens: 'no-preference' }, sent: { tokens: 'required' } },
  };
  const entries: readonly SourceEntry[] = [
    begun,
    { ...begun, step: 'done', at: '2026-11-22T12:00:01Z', after: { tokens: 'required' } },
  ];
  const of = (id: string, at: string): ChangeEntry => ({
    ...{
      id,
      step: 'done',
      at,
      ...who,
      instance: `i-${id}`,
      before: { tokens: 'optional' },
      sent: { tokens: 'required' },
    },
  });
  const instances = [of('early', '2026-11-22T11:00:00Z'), of('late', '2026-11-22T13:00:00Z')];
  const { text, lines } = changeLogText(instances, sourceParagraphs(entries));
  expect(text.split('\n\n').map((paragraph) => paragraph.split('\n')[0])).toEqual([
    '# Every change that EC2 Warden made or tried on this machine, the latest first. Nobody else is told.',
    '2026-11-22T13:00:00Z  i-late  change: done',
    '2026-11-22T12:00:00Z  Account default  change: done',
    '2026-11-22T11:00:00Z  i-early  change: done',
  ]);
  expect(text.split('\n')[lines.get('x') ?? 0]).toContain('Account default');
  expect(undoableEverywhere(undoableSources, entries).map(({ id }) => id)).toEqual(['x']);
});

test('deleting a version names the groups that would start nothing any more', async () => {
  const { tools, seen } = world(region({ groups: read([group('fleet', 'web', '9')]) }));
  const { profile, account, arn, region: where } = SESSION;
  const entry: SourceEntry = {
    ...{ id: 'x', step: 'done', at: 'then', profile, account, arn, region: where },
    target: { kind: 'launch-template', id: 'lt-web', name: 'web' },
    ...{ before: { defaultVersion: '1' }, sent: { newVersionFrom: '1' }, after: { latestVersion: '9' } },
  };
  await undoSourceEntry(tools, reverse, SESSION, entry);
  expect(detailOf(seen)).toContain('Version 9 is deleted');
  expect(detailOf(seen)).toContain('fleet names this version and could start no instance any more');
  expect(seen.undone).toEqual(['x']);
});
