import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from '../../fast-check';
import { expect, test } from 'vitest';
import { ensureEmulator } from '../../../scripts/account/emulator-tools.mjs';
import { automationDocument } from '../../../src/explorer/enforce/fleets/automation';
import { declarativeDocument } from '../../../src/explorer/enforce/fleets/declarative-policy';
import { serviceControlDocument } from '../../../src/explorer/enforce/fleets/service-control-policy';
import {
  automationChoice,
  declarativeChoice,
  serviceControlChoice,
} from '../../../src/explorer/enforce/fleets/testing/choices';

// What is written for fleets, held against AWS's own models of the APIs: those in botocore, which comes with moto and is what the AWS CLI is made of.

type Request = readonly [service: string, operation: string, parameters: unknown];

async function wrongsOf(requests: readonly Request[]): Promise<readonly string[]> {
  const python = await ensureEmulator();
  const program = fileURLToPath(new URL('validate.py', import.meta.url));
  const { stdout, stderr, status } = spawnSync(python, [program], {
    input: JSON.stringify(requests),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as string[];
}

const start = (text: string): Request => ['ssm', 'StartAutomationExecution', JSON.parse(text)];
const policy = (Type: string, Content: string): Request => [
  'organizations',
  'CreatePolicy',
  { Type, Content, Name: 'require-imdsv2', Description: 'IMDSv2' },
];

test('everything that can be chosen fits the models, and what does not is told', async () => {
  const where = { profile: 'work', account: '111122223333', region: 'eu-central-1' };
  const automations = fc.sample(automationChoice, 200).map((choice) => start(automationDocument(choice, where).text));
  const declarative = fc
    .sample(declarativeChoice, 50)
    .map((choice) => policy('DECLARATIVE_POLICY_EC2', declarativeDocument(choice).text));
  const control = fc
    .sample(serviceControlChoice, 50)
    .map((choice) => policy('SERVICE_CONTROL_POLICY', serviceControlDocument(choice).text));
  const wrong: readonly Request[] = [
    ['ssm', 'StartAutomationExecution', { DocumentName: 'x', MaxConcurrency: '0' }],
    ['ssm', 'StartAutomationExecution', { DocumentName: 'AWSSupport-X', Targets: [{ Key: 'a"b', Values: ['x'] }] }],
    policy('DECLARATIVE', '{}'),
  ];
  const found = await wrongsOf([...automations, ...declarative, ...control, ...wrong]);
  expect([...new Set(found.slice(0, -wrong.length))]).toEqual(['']);
  expect(found.slice(-wrong.length).filter((each) => each === '')).toEqual([]);
});
