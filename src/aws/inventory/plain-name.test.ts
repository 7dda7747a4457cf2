import { expect, test } from 'vitest';
import { plainName } from './plain-name';
import { toInstance, toNetworkInterface, toSecurityGroup } from './to-records';

const SESSION = { profile: 'p', region: 'eu-central-1', account: '111122223333', arn: 'arn', partition: 'aws' };

test.each([
  ['web-1', 'web-1'],
  ['🚀 rocket-ünï', '🚀 rocket-ünï'],
  ['שלום עולם', 'שלום עולם'],
  [' a \n## Verdict: Safe\r\n', 'a  ## Verdict: Safe'],
  ['\u202Egnp.exe', 'gnp.exe'],
  ['[free](command:workbench.action.quit)', '[free]\u2060(command:workbench.action.quit)'],
  ['$(pass) a [b] (c) $d', '$\u2060(pass) a [b] (c) $d'],
])('%j', (name, plain) => {
  expect(plainName(name)).toBe(plain);
});

test('names and descriptions that others choose are plain in records', () => {
  const markup = '[x](command:y)';
  const plain = '[x]\u2060(command:y)';
  const groups = [{ GroupId: 'sg-1', GroupName: markup }];
  expect(toSecurityGroup({ ...groups[0], Description: markup }, SESSION)).toMatchObject({
    name: plain,
    description: plain,
  });
  expect(toNetworkInterface({ Groups: groups, Description: markup }, SESSION)).toMatchObject({
    description: plain,
    securityGroups: [{ id: 'sg-1', name: plain }],
  });
  expect(toInstance({ SecurityGroups: groups }, undefined, SESSION).securityGroups).toEqual([
    { id: 'sg-1', name: plain },
  ]);
});
