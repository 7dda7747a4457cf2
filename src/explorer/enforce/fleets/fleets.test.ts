import { Ajv } from 'ajv';
import fc from '../../../../test/fast-check';
import { describe, expect, test } from 'vitest';
import { automationDocument, automationInput, EXECUTION_ROLE, type AutomationChoice } from './automation';
import { declarativeDocument, declarativePolicy } from './declarative-policy';
import { quoted } from './document';
import { serviceControlDocument, serviceControlPolicy, type ServiceControlChoice } from './service-control-policy';
import { automationChoice, declarativeChoice, serviceControlChoice } from './testing/choices';
import { deniedBy, wrongsOf } from './testing/iam-grammar';
import { DECLARATIVE_POLICY, START_AUTOMATION } from './testing/schemas';

const WHERE = { profile: 'work', account: '111122223333', region: 'eu-central-1' };
const AUTOMATION: AutomationChoice = {
  target: { by: 'tag', key: 'team', values: ['web', 'api'] },
  maxConcurrency: '10%',
  maxErrors: '1',
  hopLimit: undefined,
  assumeRole: undefined,
  locations: undefined,
};
const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, unicodeRegExp: true });
const isAutomation = ajv.compile(START_AUTOMATION);
const isDeclarative = ajv.compile(DECLARATIVE_POLICY);

describe('an automation', () => {
  const choice = AUTOMATION;

  test('is the input that the command takes, with its meaning beside it', () => {
    const { text, meaning, commands } = automationDocument(choice, WHERE);
    expect(JSON.parse(text)).toEqual({
      DocumentName: 'AWSSupport-ConfigureEC2Metadata',
      Parameters: { EnforceIMDSv2: ['required'], HttpPutResponseHopLimit: ['0'], MetadataAccess: ['enabled'] },
      TargetParameterName: 'InstanceId',
      Targets: [{ Key: 'tag:team', Values: ['web', 'api'] }],
      MaxConcurrency: '10%',
      MaxErrors: '1',
    });
    expect(commands).toEqual([
      'aws ssm start-automation-execution --profile work --region eu-central-1 --cli-input-json "file://FILE"',
    ]);
    expect(meaning).toContain('those with the tag `team` = `web`, `api`, in eu-central-1 of account 111122223333');
    expect(meaning).toContain('Nothing has been sent.');
    expect(meaning).toContain('may get it switched on');
  });

  test('of several accounts names them, and the role that does it there', () => {
    const locations = {
      ...{ accounts: ['222233334444', 'ou-ab12-11111111'], regions: ['eu-central-1', 'us-east-1'] },
      ...{ executionRole: EXECUTION_ROLE, maxConcurrency: '5', maxErrors: '0' },
    };
    const { text, meaning } = automationDocument({ ...choice, locations }, WHERE);
    expect(JSON.parse(text)).toMatchObject({
      TargetLocations: [
        {
          Accounts: ['222233334444', 'ou-ab12-11111111'],
          Regions: ['eu-central-1', 'us-east-1'],
          ExecutionRoleName: EXECUTION_ROLE,
        },
      ],
    });
    expect(meaning).toContain('in eu-central-1, us-east-1, in each of 222233334444, ou-ab12-11111111');
  });

  test('fits the documented shapes, whatever is chosen', () => {
    fc.assert(
      fc.property(automationChoice, (any) => {
        const { text } = automationDocument(any, WHERE);
        expect(isAutomation(JSON.parse(text)), JSON.stringify(isAutomation.errors)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test.each<[string, Partial<AutomationChoice>]>([
    ['no instance at once', { maxConcurrency: '0' }],
    ['more than all', { maxErrors: '101%' }],
    ['no values', { target: { by: 'tag', key: 'team', values: [] } }],
    ['51 instances', { target: { by: 'ids', ids: Array.from({ length: 51 }, () => 'i-1') } }],
    ['a key with a letter that tags have not', { target: { by: 'tag', key: 'a"b', values: ['x'] } }],
    ['a hop limit of 65', { hopLimit: 65 }],
    ['a role that is none', { assumeRole: 'admin' }],
  ])('with %s is refused', (_name, wrong) => {
    expect(() => automationInput({ ...choice, ...wrong })).toThrow();
  });
});

describe('a declarative policy', () => {
  test('says what is chosen and leaves the rest open', () => {
    const { text, meaning } = declarativeDocument({
      tokens: 'required',
      hopLimit: 2,
      enforced: true,
      message: 'Ask us.',
    });
    expect(JSON.parse(text)).toEqual({
      ec2_attributes: {
        instance_metadata_defaults: {
          http_tokens: { '@@assign': 'required' },
          http_put_response_hop_limit: { '@@assign': '2' },
          http_tokens_enforced: { '@@assign': 'enabled' },
        },
        exception_message: { '@@assign': 'Ask us.' },
      },
    });
    expect(meaning).toContain('a launch that would leave tokens optional FAILS');
  });

  test('fits the documented syntax, whatever is chosen', () => {
    fc.assert(
      fc.property(declarativeChoice, (any) => {
        const { text } = declarativeDocument(any);
        expect(isDeclarative(JSON.parse(text)), JSON.stringify(isDeclarative.errors)).toBe(true);
      }),
    );
    expect(() => declarativePolicy({ tokens: 'required', hopLimit: 0, enforced: false, message: '' })).toThrow();
  });

  test.each([
    { ec2_attributes: { instance_metadata_defaults: { http_tokens: 'required' } } },
    { ec2_attributes: { instance_metadata_defaults: { http_tokens: { '@@assign': 'no-preference' } } } },
    { ec2_attributes: { instance_metadata_defaults: { http_put_response_hop_limit: { '@@assign': '65' } } } },
  ])('of another syntax does not: %j', (policy) => {
    expect(isDeclarative(policy)).toBe(false);
  });
});

describe('a service control policy', () => {
  const all: ServiceControlChoice = {
    launches: true,
    goingBack: true,
    roleDelivery: true,
    except: [],
    partition: 'aws',
  };
  const excepting: ServiceControlChoice = { ...all, except: ['arn:aws:iam::*:role/break-glass'] };
  const instance = 'arn:aws:ec2:eu-central-1:111122223333:instance/i-1';
  const [RUN, MODIFY] = ['ec2:RunInstances', 'ec2:ModifyInstanceMetadataOptions'];

  test.each<[string, string, Record<string, string>, readonly string[]]>([
    ['a launch that requires tokens', RUN, { 'ec2:MetadataHttpTokens': 'required' }, []],
    ['one that does not', RUN, { 'ec2:MetadataHttpTokens': 'optional' }, ['RequireImdsV2AtLaunch']],
    ['one that says nothing', RUN, {}, ['RequireImdsV2AtLaunch']],
    ['requiring tokens', MODIFY, { 'ec2:Attribute/HttpTokens': 'required' }, []],
    ['going back', MODIFY, { 'ec2:Attribute/HttpTokens': 'optional' }, ['DenyGoingBackToImdsV1']],
    ['changing something else', MODIFY, { 'ec2:Attribute/HttpEndpoint': 'disabled' }, []],
    ['credentials of IMDSv1', 's3:GetObject', { 'ec2:RoleDelivery': '1.0' }, ['DenyCredentialsOfImdsV1']],
    ['credentials of IMDSv2', 's3:GetObject', { 'ec2:RoleDelivery': '2.0' }, []],
    ['somebody who is no instance', 's3:GetObject', {}, []],
  ])('to %s says what it should', (_name, action, context, sids) => {
    expect(deniedBy(serviceControlPolicy(all), { action, resource: instance, context })).toEqual(sids);
    const glass = { ...context, 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/break-glass' };
    expect(deniedBy(serviceControlPolicy(excepting), { action, resource: instance, context: glass })).toEqual([]);
    const other = { ...context, 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/other' };
    expect(deniedBy(serviceControlPolicy(excepting), { action, resource: instance, context: other })).toEqual(sids);
  });

  test('fits the grammar, whatever is chosen', () => {
    fc.assert(
      fc.property(serviceControlChoice, (any) => {
        const { text } = serviceControlDocument(any);
        expect(wrongsOf(JSON.parse(text))).toEqual([]);
      }),
    );
  });

  test('says nothing of what was not chosen, and is refused where nothing is', () => {
    const { text, meaning } = serviceControlDocument({ ...all, goingBack: false, roleDelivery: false });
    expect(wrongsOf(JSON.parse(text))).toEqual([]);
    expect([text, meaning].map((each) => /DenyGoingBack|DenyCredentials/.test(each))).toEqual([false, false]);
    expect(() => serviceControlPolicy({ ...all, launches: false, goingBack: false, roleDelivery: false })).toThrow();
    expect(() => serviceControlPolicy({ ...all, except: ['break-glass'] })).toThrow();
  });

  test('that breaks the grammar is told', () => {
    const [statement] = serviceControlPolicy(all).Statement;
    const policy = { Version: '2012-10-17', Statement: [{ ...statement, Principal: '*', Action: 'RunInstances' }] };
    expect(wrongsOf(policy)).toEqual(['statement: Principal', 'Action']);
  });
});

test('words are quoted for any shell, or not written', () => {
  expect(['my-profile', 'my profile', 'a,b', '@a'].map(quoted)).toEqual([
    'my-profile',
    '"my profile"',
    '"a,b"',
    '"@a"',
  ]);
  expect(['a"b', '$(x)', 'a`b', 'a\\b', '%PATH%'].map(quoted)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  const { commands } = automationDocument(AUTOMATION, { ...WHERE, profile: '$(x)' });
  expect(commands[0]).toContain('--profile PROFILE ');
});
