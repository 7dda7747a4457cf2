import { expect, test } from 'vitest';
import type { ResourceRecord } from '../../../aws';
import { INSTANCE, NETWORK_INTERFACE, SECURITY_GROUP } from '../../testing/records';
import { abilitiesOf } from './abilities';
import { finding } from './testing/world';

const SESSION = { profile: 'p', region: 'eu-central-1', account: '111122223333', arn: 'arn', partition: 'aws' };
const WITH = (...names: readonly string[]) => ({ securityGroups: names.map((name) => ({ id: `sg-${name}`, name })) });

test.each<[string, ResourceRecord, readonly (readonly [string, string])[], readonly string[]]>([
  ['an unused group', SECURITY_GROUP, [['sg-1', 'security-group-unused']], ['deletable']],
  ['a used group', SECURITY_GROUP, [['sg-1', 'open-management-port']], []],
  ['the default group', { ...SECURITY_GROUP, name: 'default' }, [['sg-1', 'security-group-unused']], []],
  ['a group of another account', { ...SECURITY_GROUP, owner: '999988887777' }, [['sg-1', 'security-group-unused']], []],
  ['a shared group', SECURITY_GROUP, [['sg-1', 'security-group-shared']], ['detachable']],
  ['a default group that lets in', SECURITY_GROUP, [['sg-1', 'default-security-group-open']], ['detachable']],
  ['a group with too many rules', SECURITY_GROUP, [['sg-1', 'security-group-quota']], []],
  ['an instance with a group of its own', { ...INSTANCE, ...WITH('web') }, [['sg-web', 'open-management-port']], []],
  [
    'an instance with a shared group',
    { ...INSTANCE, ...WITH('web') },
    [['sg-web', 'security-group-shared']],
    ['detachable'],
  ],
  ['an instance with the default group', { ...INSTANCE, ...WITH('default') }, [], ['detachable']],
  ['one that is gone', { ...INSTANCE, ...WITH('default'), state: 'terminated' }, [], []],
  ['an interface with too many groups', NETWORK_INTERFACE, [['eni-1', 'security-group-quota']], ['detachable']],
  ['one of AWS', { ...NETWORK_INTERFACE, requesterManaged: true }, [['eni-1', 'security-group-quota']], []],
])('%s', (_name, record, found, expected) => {
  const findings = found.map(([resource, ruleId]) => finding(resource, ruleId));
  const findingsOf = (id: string) => findings.filter(({ resource }) => resource === id);
  expect(abilitiesOf(record, { session: SESSION, findingsOf })).toEqual(expected);
});
