/** Examples of rules that judge a running account only: what AWS CLI shows of one, all of it. */
import type { Instance, NetworkInterface, SecurityGroup } from '@aws-sdk/client-ec2';
import { toInstance, toNetworkInterface, toSecurityGroup } from '../../src/aws/inventory/to-records';
import { toResource } from '../../src/aws/posture/to-resources';
import { usesIn } from '../../src/aws/posture/uses';
import type { Finding } from '../../src/engine';
import { judgeResources } from '../../src/engine/judge-resources';

export const LIVE_ONLY: ReadonlySet<string> = new Set(['security-group-unused', 'security-group-shared']);

const SESSION = { profile: 'p', region: 'eu-central-1', account: '111122223333', arn: 'arn', partition: 'aws' };

interface Shown {
  readonly SecurityGroups?: readonly SecurityGroup[];
  readonly NetworkInterfaces?: readonly NetworkInterface[];
  readonly Instances?: readonly Instance[];
}

/** Findings stand at the first mention of the resource. */
export function judgeAccount(text: string): readonly Finding[] {
  const { SecurityGroups = [], NetworkInterfaces, Instances = [] } = JSON.parse(text) as Shown;
  const records = [
    ...SecurityGroups.map((group) => toSecurityGroup(group, SESSION)),
    ...(NetworkInterfaces ?? []).map((each) => toNetworkInterface(each, SESSION)),
    ...Instances.map((each) => toInstance(each, undefined, SESSION)),
  ];
  const useOf = usesIn(records, NetworkInterfaces ? ['network-interface'] : []);
  return judgeResources(
    records.flatMap((record) => {
      const start = text.indexOf(`"${record.id}"`);
      return toResource(record, () => ({ start, end: start + record.id.length + 2 }), useOf) ?? [];
    }),
  ).filter(({ ruleId }) => LIVE_ONLY.has(ruleId));
}
