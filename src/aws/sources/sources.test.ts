import fc from '../../../test/fast-check';
import { describe, expect, test } from 'vitest';
import type { ChangeLog } from '../change-log/change-log';
import { readEntries } from '../metadata-options/log';
import type { Settings, SourceChange } from './change';
import { readSourceEntries, undoableSources } from './log';
import { changeSource, checkSource, type SourceResult, type SourceTools } from './modify';
import { groups, launchTemplates } from './read';
import { addTemplate, fakeRegion, type Fault, type FakeRegion } from './testing/fake-region';
import { undoSource } from './undo';

const SESSION = {
  profile: 'work',
  region: 'eu-west-1',
  account: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/me',
  partition: 'aws',
};
const TEMPLATE = { kind: 'launch-template', id: 'lt-1', name: 'web' } as const;
const DEFAULT = { kind: 'account-default' } as const;
const GROUP = { kind: 'auto-scaling-group', name: 'web' } as const;
const IMAGE = { kind: 'image', id: 'ami-1', name: 'golden' } as const;
const DISK = [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId: 'snap-1', VolumeSize: 8 } }];

function world(): {
  region: FakeRegion;
  tools: SourceTools;
  lines: string[];
  log: ChangeLog;
  readOnly: { now: boolean };
} {
  const region = fakeRegion();
  addTemplate(region, 'lt-1', {
    ImageId: 'ami-1',
    MetadataOptions: { HttpTokens: 'optional', HttpPutResponseHopLimit: 2, HttpEndpoint: 'enabled', State: 'applied' },
    BlockDeviceMappings: DISK,
  });
  region.groups.set('web', { template: 'lt-1', version: '1' });
  region.images.set('ami-1', { support: undefined });
  const lines: string[] = [];
  const log: ChangeLog = {
    append: (line) => Promise.resolve(void lines.push(line)),
    read: () => Promise.resolve(lines.join('')),
  };
  const readOnly = { now: false };
  const tools: SourceTools = {
    session: SESSION,
    clients: region.clients,
    log,
    now: () => new Date('2026-11-22T12:00:00Z'),
    wait: () => Promise.resolve(),
    guard: () => (readOnly.now ? Promise.reject(new Error('read-only')) : Promise.resolve()),
  };
  return { region, tools, lines, log, readOnly };
}

describe('a new version of a launch template', () => {
  const change: SourceChange = { target: TEMPLATE, set: { newVersionFrom: '1' }, expect: { latestVersion: '1' } };

  test('has tokens required and nothing else otherwise: options of metadata and disks of snapshots stay', async () => {
    const { region, tools } = world();
    const { state, entry, differences } = await changeSource(tools, change);
    expect([state, differences, entry.after?.['latestVersion']]).toEqual(['done', [], '2']);
    expect(region.templates.get('lt-1')?.standard).toBe(1);
    expect(region.templates.get('lt-1')?.versions.get(2)?.LaunchTemplateData).toEqual({
      ImageId: 'ami-1',
      MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2, HttpEndpoint: 'enabled' },
      BlockDeviceMappings: DISK,
    });
  });

  test('that came out otherwise is told', async () => {
    const { region, tools } = world();
    region.onSend = () => region.templates.get('lt-1')?.versions.set(1, { VersionNumber: 1, LaunchTemplateData: {} });
    expect((await changeSource(tools, change)).differences).toEqual(['BlockDeviceMappings']);
  });

  test('whose answer was lost is found again by its description', async () => {
    const { region, tools, log } = world();
    region.fault = 'lost after';
    expect((await changeSource(tools, change)).state).toBe('done');
    expect((await readSourceEntries(log)).map(({ step }) => step)).toEqual(['begun', 'done']);
    const other = world();
    other.region.fault = 'lost before';
    // Somebody else's version is not taken for ours.
    other.region.onSend = () =>
      other.region.templates.get('lt-1')?.versions.set(2, {
        VersionNumber: 2,
        LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required' } },
      });
    await expect(changeSource(other.tools, change)).rejects.toThrow();
    expect((await readSourceEntries(other.log)).map(({ step }) => step)).toEqual(['begun', 'failed']);
  });

  test('is taken back by deleting it, but not once it is the default', async () => {
    const { region, tools } = world();
    const start = JSON.stringify(region.state());
    const made = await changeSource(tools, change);
    const chosen = await changeSource(tools, {
      target: TEMPLATE,
      set: { defaultVersion: '2' },
      expect: { defaultVersion: '1' },
    });
    await expect(undoSource(tools, made.entry)).rejects.toThrow(/a later one stands/);
    await undoSource(tools, chosen.entry);
    await undoSource(tools, made.entry);
    expect(JSON.stringify(region.state())).toBe(start);
  });
});

test('nothing is sent where the default is another one than the question said', async () => {
  const { region, tools, lines } = world();
  const change = { target: TEMPLATE, set: { defaultVersion: '1' }, expect: { defaultVersion: '7' } };
  await expect(changeSource(tools, change)).rejects.toThrow(
    'Somebody changed launch template web in eu-west-1 of account 111122223333 meanwhile: defaultVersion is 1 by now, and not 7.',
  );
  expect([region.sent, lines]).toEqual([[], []]);
});

test('the account default goes back to what it was, no preference and all', async () => {
  const { region, tools } = world();
  region.defaults.set('HttpPutResponseHopLimit', 3);
  const set = { tokens: 'required', enforced: 'enabled', hopLimit: 2 };
  const { entry } = await changeSource(tools, { target: DEFAULT, set });
  expect(Object.fromEntries(region.defaults)).toEqual({
    HttpTokens: 'required',
    HttpTokensEnforced: 'enabled',
    HttpPutResponseHopLimit: 2,
  });
  await undoSource(tools, entry);
  expect(Object.fromEntries(region.defaults)).toEqual({ HttpPutResponseHopLimit: 3 });
});

test('what somebody else changed since is not taken back', async () => {
  const { region, tools } = world();
  const { entry } = await changeSource(tools, { target: DEFAULT, set: { tokens: 'required' } });
  region.defaults.set('HttpTokens', 'optional');
  await expect(undoSource(tools, entry)).rejects.toThrow(/Somebody changed the account default/);
});

test('an image is changed for good', async () => {
  const { tools, log } = world();
  const { entry } = await changeSource(tools, { target: IMAGE, set: { imdsSupport: 'v2.0' } });
  await expect(undoSource(tools, entry)).rejects.toThrow('AWS has no way back for that change of image ami-1.');
  expect(undoableSources(await readSourceEntries(log), SESSION)).toEqual([]);
});

test('a group keeps its template', async () => {
  const { region, tools } = world();
  await changeSource(tools, { target: GROUP, set: { version: '2' } });
  expect(region.groups.get('web')).toEqual({ template: 'lt-1', version: '2' });
});

test('DryRun changes nothing, and says where nobody can ask', async () => {
  const { region, tools, lines } = world();
  expect(await checkSource(tools, { target: DEFAULT, set: { tokens: 'required' } })).toBe('allowed');
  expect(await checkSource(tools, { target: GROUP, set: { version: '2' } })).toBe('untold');
  region.fault = 'refused';
  await expect(checkSource(tools, { target: IMAGE, set: { imdsSupport: 'v2.0' } })).rejects.toThrow(
    /ec2:ModifyImageAttribute/,
  );
  expect([region.sent, lines]).toEqual([[], []]);
});

test('a read-only profile sends nothing', async () => {
  const { region, tools, readOnly } = world();
  readOnly.now = true;
  await expect(changeSource(tools, { target: DEFAULT, set: { tokens: 'required' } })).rejects.toThrow('read-only');
  await expect(checkSource(tools, { target: DEFAULT, set: { tokens: 'required' } })).rejects.toThrow('read-only');
  expect(region.sent).toEqual([]);
});

test('a profile that becomes somebody else while it is read sends nothing', async () => {
  const { region, tools, lines } = world();
  let asked = 0;
  const guard = (): Promise<void> => {
    asked += 1;
    return asked > 1 ? Promise.reject(new Error('work is somebody else by now')) : Promise.resolve();
  };
  const change: SourceChange = { target: DEFAULT, set: { tokens: 'required' } };
  await expect(changeSource({ ...tools, guard }, change)).rejects.toThrow('somebody else');
  expect([region.sent, lines]).toEqual([[], []]);
});

test('lines of instances and of sources in one log pass each other by', async () => {
  const { tools, log, lines } = world();
  const who = { profile: 'work', account: '1', arn: 'a', region: 'r', instance: 'i-1' };
  lines.push(`${JSON.stringify({ id: 'x', step: 'done', at: 'now', ...who, before: {}, sent: {} })}\n`);
  lines.push('{"id":"cut o', '\n', 'null\n', '{"id":"y","step":"done","target":{"kind":"toString"}}\n');
  await changeSource(tools, { target: DEFAULT, set: { tokens: 'required' } });
  expect((await readEntries(log)).map(({ id }) => id)).toEqual(['x']);
  expect((await readSourceEntries(log)).map(({ target }) => target.kind)).toEqual([
    'account-default',
    'account-default',
  ]);
});

test('templates are read with their default and latest versions, groups with what they name', async () => {
  const { region, tools } = world();
  await changeSource(tools, { target: TEMPLATE, set: { newVersionFrom: '1' } });
  const [template] = await launchTemplates(region.clients.ec2, undefined);
  expect([template?.standard.version, template?.standard.tokens]).toEqual(['1', 'optional']);
  expect([template?.latest.version, template?.latest.tokens]).toEqual(['2', 'required']);
  expect((await groups(region.clients.autoScaling, undefined))[0]).toMatchObject({
    uses: 'launch-template',
    templates: [{ id: 'lt-1', version: '1' }],
  });
});

describe('over random histories', () => {
  const sets: readonly (readonly [SourceChange['target'], Settings])[] = [
    [DEFAULT, { tokens: 'required' }],
    [DEFAULT, { tokens: 'no-preference', hopLimit: 2 }],
    [DEFAULT, { enforced: 'enabled' }],
    [TEMPLATE, { newVersionFrom: '1' }],
    [TEMPLATE, { defaultVersion: '2' }],
    [TEMPLATE, { defaultVersion: '1' }],
    [GROUP, { version: '$Latest' }],
    [GROUP, { version: '1' }],
  ];
  const step = fc.record({
    what: fc.integer({ min: 0, max: sets.length }),
    fault: fc.constantFrom<Fault>('none', 'none', 'none', 'refused', 'lost before', 'lost after'),
  });

  /** A default that is not there is refused by AWS. */
  const isSensible = (region: FakeRegion, { defaultVersion }: Settings): boolean =>
    defaultVersion === undefined || region.templates.get('lt-1')?.versions.has(Number(defaultVersion)) === true;

  test('nothing is sent that the log has not, and undoing all that can be undone brings back what was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const { region, tools, lines, log } = world();
        const start = JSON.stringify(region.state());
        let unlogged = 0;
        region.onSend = () => {
          if (lines.at(-1)?.includes('"step":"begun"') !== true) unlogged += 1;
        };
        const attempt = (work: Promise<SourceResult>): Promise<unknown> => work.catch(() => undefined);
        for (const { what, fault } of steps) {
          region.fault = fault;
          const [target, set] = sets[what] ?? [];
          if (target !== undefined && set !== undefined) {
            if (isSensible(region, set)) await attempt(changeSource(tools, { target, set }));
          } else {
            const [latest] = undoableSources(await readSourceEntries(log), SESSION);
            if (latest) await attempt(undoSource(tools, latest));
          }
        }
        region.fault = 'none';
        for (let left = 100; left > 0; left--) {
          const [latest] = undoableSources(await readSourceEntries(log), SESSION);
          if (latest === undefined) break;
          await undoSource(tools, latest);
        }
        expect([JSON.stringify(region.state()), unlogged]).toEqual([start, 0]);
      }),
      { numRuns: 500 },
    );
  });
});
