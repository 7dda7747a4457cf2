import { describe, expect, test } from 'vitest';
import type { RecordKind, ResourceRecord } from '../inventory/records';
import { toInstance, toNetworkInterface, toSecurityGroup } from '../inventory/to-records';
import { resourceDocument } from './document';
import { judgeRecords } from './judge';

const SESSION = { profile: 'p', region: 'eu-central-1', account: '111122223333', arn: 'arn', partition: 'aws' };
const OPEN = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

const group = (id: string) => toSecurityGroup({ GroupId: id, GroupName: id, IpPermissions: [OPEN] }, SESSION);
const networkInterface = (id: string, ...groups: readonly string[]) =>
  toNetworkInterface({ NetworkInterfaceId: id, Groups: groups.map((GroupId) => ({ GroupId })) }, SESSION);
const instance = (id: string, image: string, groups: readonly string[], state: 'running' | 'terminated' = 'running') =>
  toInstance(
    {
      InstanceId: id,
      ImageId: image,
      State: { Name: state },
      SecurityGroups: groups.map((GroupId) => ({ GroupId })),
      MetadataOptions: { HttpTokens: 'required' },
    },
    undefined,
    SESSION,
  );

async function found(records: readonly ResourceRecord[], complete: readonly RecordKind[]): Promise<readonly string[]> {
  const findings = await judgeRecords(records, undefined, { complete });
  return findings.map(({ ruleId, resource }) => `${ruleId} ${resource}`);
}

describe('security groups', () => {
  const records = [group('sg-1'), group('sg-2'), networkInterface('eni-1', 'sg-1')];

  test('that no network interface has are found once all network interfaces are known', async () => {
    expect(await found(records, ['security-group', 'network-interface'])).toEqual(['security-group-unused sg-2']);
    expect(await found(records, ['security-group'])).toEqual([]);
  });

  test('on instances that have nothing in common are found, gone instances apart', async () => {
    const web = instance('i-1', 'ami-1', ['sg-1']);
    expect(await found([group('sg-1'), web, instance('i-2', 'ami-2', ['sg-1'])], [])).toEqual([
      'security-group-shared sg-1',
    ]);
    expect(await found([group('sg-1'), web, instance('i-2', 'ami-2', ['sg-1'], 'terminated')], [])).toEqual([]);
  });

  test('are found in their documents, too', () => {
    const raw = { GroupId: 'sg-2', GroupName: 'sg-2' };
    const { text, findings } = resourceDocument(raw, group('sg-2'), ['sg-2'], {
      context: records,
      complete: ['network-interface'],
    });
    expect(findings.map(({ ruleId, range }) => [ruleId, text.slice(range.start, range.end)])).toEqual([
      ['security-group-unused', 'sg-2'],
    ]);
  });
});

test('ten thousand resources are judged in many turns of the event loop', async () => {
  const records = Array.from({ length: 10_000 }, (_, index) => networkInterface(`eni-${String(index)}`, 'sg-1'));
  let turns = 0;
  const counting = setInterval(() => turns++, 0);
  await judgeRecords(records, undefined, {});
  clearInterval(counting);
  expect(turns).toBeGreaterThan(10);
});

test('what is no longer wanted is given up', async () => {
  const signal = AbortSignal.abort();
  await expect(judgeRecords([group('sg-1')], undefined, { signal })).rejects.toThrow('Cancelled.');
});
