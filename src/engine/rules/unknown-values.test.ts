import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Resource, SecurityGroupUse } from '../ec2/model';
import { either, unknown, type Plain } from '../testing/data';
import { judge } from '../testing/judging';
import {
  accountDefaults,
  blockDevice,
  elasticIp,
  image,
  inlinePolicy,
  instance,
  keyPair,
  managedPolicy,
  permission,
  role,
  securityGroup,
  snapshot,
  statement,
  volume,
} from '../testing/resources';
import { PROGRAM_RULES, RESOURCE_RULES } from './registry';

const CALL = 'curl http://169.254.169.254/latest/meta-data/\n';
const IN_CONTAINER =
  "docker run app curl -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token\n";
const SIXTY_ONE = Array.from({ length: 61 }, (_, index) => `10.0.${String(index)}.0/24`);

const TWO_SORTS: SecurityGroupUse = {
  networkInterfaces: 2,
  instances: ['a', 'b'].map((name) => ({ name, image: name, instanceProfile: undefined, autoScalingGroup: undefined })),
};

interface Case {
  /** Resources that the rule has something to say about; each value that matters goes through `value`. */
  readonly resources: (value: (plain: Plain) => Plain) => readonly Resource[];
  readonly script?: string;
}

const opening = (port: Plain, value: (plain: Plain) => Plain): Resource =>
  securityGroup('web', [permission({ protocol: value('tcp'), port: value(port), ipv4: value('0.0.0.0/0') })]);

/** For every rule what it finds, so that each of its values can be taken away. */
const CASES: Readonly<Record<string, readonly Case[]>> = {
  'imdsv1-allowed': [
    {
      resources: (value) => [
        instance('web', { metadataOptions: { httpTokens: value('optional'), httpEndpoint: value('enabled') } }),
      ],
    },
    { resources: (value) => [accountDefaults('region', { metadataOptions: { httpTokens: value('optional') } })] },
  ],
  'imdsv2-required-v1-call': [
    { resources: (value) => [instance('web', { metadataOptions: { httpTokens: value('required') } })], script: CALL },
  ],
  'metadata-hop-limit': [
    { resources: (value) => [instance('web', { metadataOptions: { hopLimit: value(3) } })] },
    { resources: (value) => [instance('web', { metadataOptions: { hopLimit: value(1) } })], script: IN_CONTAINER },
  ],
  'open-management-port': [{ resources: (value) => [opening(22, value)] }],
  'open-all-ports': [
    { resources: (value) => [securityGroup('web', [permission({ protocol: value('-1'), ipv4: value('0.0.0.0/0') })])] },
  ],
  'open-port': [{ resources: (value) => [opening(5432, value)] }],
  'wide-port-range': [
    {
      resources: (value) => [
        securityGroup('web', [permission({ from: value(1), to: value(5000), ipv4: value('203.0.113.0/24') })]),
      ],
    },
  ],
  'default-security-group-open': [
    {
      resources: (value) => [
        securityGroup('default', [permission({ port: 443, ipv4: value(['10.0.0.0/8']) })], { isDefault: true }),
      ],
    },
  ],
  'security-group-quota': [
    { resources: (value) => [securityGroup('web', [permission({ port: 443, ipv4: value(SIXTY_ONE) })])] },
    { resources: (value) => [instance('web', { securityGroups: value(['1', '2', '3', '4', '5', '6']) })] },
  ],
  'security-group-unused': [
    { resources: () => [securityGroup('web', [], { use: { networkInterfaces: 0, instances: [] } })] },
  ],
  'security-group-shared': [
    {
      resources: (value) => [
        securityGroup('web', [permission({ port: 443, ipv4: value('0.0.0.0/0') })], { use: TWO_SORTS }),
      ],
    },
  ],
  'instance-public': [
    {
      resources: (value) => [
        opening(22, (plain) => plain),
        instance('host', { publicAddress: value(true), securityGroups: value(['web']) }),
      ],
    },
    {
      resources: (value) => [
        opening(22, (plain) => plain),
        instance('host', { securityGroups: ['web'] }),
        elasticIp('eip', { instance: value('host') }),
      ],
    },
  ],
  'ebs-unencrypted': [
    { resources: (value) => [volume('data', { encrypted: value(false) })] },
    { resources: (value) => [instance('web', { blockDevices: [blockDevice({ encrypted: value(false) })] })] },
  ],
  'ebs-default-encryption-off': [{ resources: (value) => [accountDefaults('ebs', { ebsEncryption: value(false) })] }],
  'snapshot-public': [{ resources: (value) => [snapshot('shared', value('all'))] }],
  'image-public': [{ resources: (value) => [image('shared', { sharedWith: value(['all']) })] }],
  'instance-role-broad': [
    { resources: (value) => [role('app', [managedPolicy(value('arn:aws:iam::aws:policy/AdministratorAccess'))])] },
    {
      resources: (value) => [
        role('app', [inlinePolicy(statement({ effect: value('Allow'), actions: value('*'), resources: value('*') }))]),
      ],
    },
  ],
  'key-pair-weak': [
    { resources: (value) => [keyPair('ops', { publicKey: value('ssh-dss AAAAB3NzaC1kc3MAAACBAKs= ops') })] },
    {
      resources: (value) => [
        keyPair('ops', { keyType: value('ed25519') }),
        instance('win', { keyName: value('ops'), imageNames: [value('Windows_Server-2022-English-Full-Base-*')] }),
      ],
    },
  ],
  'architecture-mismatch': [
    {
      resources: (value) => [
        instance('web', { instanceType: value('t4g.micro'), imageNames: [value('al2023-ami-2023.*-x86_64')] }),
      ],
    },
    {
      resources: (value) => [instance('web', { instanceType: value('t4g.micro') })],
      script: 'curl -O https://example.com/tool-amd64.deb\n',
    },
  ],
};

const cases = Object.entries(CASES).flatMap(([id, each]) =>
  each.map((one, index) => ({ id, index: index + 1, ...one })),
);

function judged(
  { id, resources, script }: Pick<Case & { readonly id: string }, 'id' | 'resources' | 'script'>,
  value: (plain: Plain) => Plain,
): readonly string[] {
  const rule = RESOURCE_RULES.find(({ meta }) => meta.id === id);
  if (!rule) throw new Error(`there is no rule ${id}`);
  return judge(rule, resources(value), script === undefined ? {} : { scripts: { web: script } });
}

describe('a value that is not known gives no finding', () => {
  it('for every rule over resources', () => {
    expect(Object.keys(CASES)).toEqual(RESOURCE_RULES.map(({ meta }) => meta.id));
  });

  it.each(cases)('$id, case $index', (one) => {
    let values = 0;
    expect(judged(one, (plain) => (values++, plain))).toHaveLength(1);
    for (let hidden = 0; hidden < values; hidden++) {
      let count = 0;
      expect([hidden, judged(one, (plain) => (count++ === hidden ? unknown() : plain))]).toEqual([hidden, []]);
    }
  });

  it.each(cases)('$id, case $index, where it is one of two and the other is not known: as if it were there', (one) => {
    const found = judged(one, (plain) => either({ A: plain, 'not A': unknown() }));
    expect(found.length).toBeLessThanOrEqual(1);
  });
});

it.each([...PROGRAM_RULES, ...RESOURCE_RULES].map(({ meta }) => meta.id))('%s has a test beside it', (id) => {
  expect(existsSync(join(import.meta.dirname, id, 'rule.test.ts'))).toBe(true);
});
