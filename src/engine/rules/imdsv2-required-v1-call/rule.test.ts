import { describe, expect, it } from 'vitest';
import type { Resource } from '../../ec2/model';
import { either, reference, unknown } from '../../testing/data';
import { findings, judge, messages, offers } from '../../testing/judging';
import { accountDefaults, instance, launchConfiguration, launchTemplate } from '../../testing/resources';
import { imdsv2RequiredV1Call } from './rule';

const META = 'http://169.254.169.254/latest/meta-data';
const CALL = `ID=$(curl -s ${META}/instance-id)\n`;
const required = { metadataOptions: { httpTokens: 'required' } };

function judged(resources: readonly Resource[], script = CALL, owner = 'web'): readonly string[] {
  return judge(imdsv2RequiredV1Call, resources, { scripts: { [owner]: script } });
}

describe('imdsv2-required-v1-call', () => {
  it.each([
    ['an instance', instance('web', required)],
    ['a launch template', launchTemplate('web', required)],
    ['a launch configuration', launchConfiguration('web', required)],
  ])('%s', (_, resource) => {
    expect(judged([resource])).toEqual(['web at required']);
  });

  it('an instance, by either condition', () => {
    const tokens = either({ A: 'required', 'not A': 'required' });
    expect(judged([instance('web', { metadataOptions: { httpTokens: tokens } })])).toEqual(['web at choice']);
  });

  it('tokens required by the launch template, a script of its own', () => {
    const resources = [
      instance('web', { launchTemplate: reference('base', 'id'), hasUserData: true }),
      launchTemplate('base', required),
    ];
    expect(judged(resources)).toEqual(['web at required']);
  });

  it("tokens required here, the launch template's script", () => {
    const resources = [
      instance('web', { ...required, launchTemplate: reference('base', 'id') }),
      launchTemplate('base', { hasUserData: true }),
    ];
    expect(judged(resources, CALL, 'base')).toEqual(['web at required']);
  });

  it("a script of its own takes the place of the template's", () => {
    const resources = [
      instance('web', { ...required, launchTemplate: reference('base', 'id'), hasUserData: true }),
      launchTemplate('base', { hasUserData: true }),
    ];
    expect(judged(resources, CALL, 'base')).toEqual([]);
  });

  it("tokens required by the account's default", () => {
    const account = accountDefaults('region', { metadataOptions: { httpTokens: 'required' } });
    expect(judged([instance('web'), account])).toEqual(['web at required']);
  });

  it('shows every call, and puts all of them right together', () => {
    const script = `${CALL}AZ=$(curl -s ${META}/placement/availability-zone)\n`;
    const options = { scripts: { web: script } };
    const [finding] = findings(imdsv2RequiredV1Call, [instance('web', required)], options);
    expect(finding?.message).toBe(
      'Tokens are required here, but the user data still has 2 calls to the metadata service without one. It gets 401 when the instance boots.',
    );
    expect(finding?.related?.map(({ message }) => message)).toEqual([
      'curl sends no token here: it will get 401.',
      'curl sends no token here: it will get 401.',
    ]);
    const [fix] = offers(imdsv2RequiredV1Call, [instance('web', required)], options);
    expect(fix).toMatch(/^safe: Fetch a token in the user data and send it -> TOKEN=\$\(curl [^]*api\/token/);
    expect(fix?.match(/api\/token/g)).toHaveLength(1);
  });

  it('a rewrite that is not proven is a suggestion', () => {
    const [fix] = offers(imdsv2RequiredV1Call, [instance('web', required)], { scripts: { web: `${CALL}fi\n` } });
    expect(fix).toMatch(/^suggestion: Fetch a token/);
  });

  it('a script in another file is shown and put right there', () => {
    const uri = 'file:///srv/boot.sh.tftpl';
    const [finding] = findings(imdsv2RequiredV1Call, [instance('web', required)], {
      elsewhere: { web: { uri, text: CALL } },
    });
    expect(finding?.related?.map((related) => related.uri)).toEqual([uri]);
    const [fix] = finding?.fixes ?? [];
    expect([fix?.title, fix?.safety]).toEqual(['Fetch a token in boot.sh.tftpl and send it', 'suggestion']);
    expect(fix?.edits()).toEqual([]);
    expect(fix?.elsewhere?.()?.map((file) => file.uri)).toEqual([uri]);
  });

  it('one call is told as one', () => {
    expect(messages(imdsv2RequiredV1Call, [instance('web', required)], { scripts: { web: CALL } })[0]).toContain(
      'has a call to',
    );
  });

  it.each<[string, readonly Resource[], string]>([
    [
      'a script that sends a token',
      [instance('web', required)],
      `T=$(curl -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token)\ncurl -H "X-aws-ec2-metadata-token: $T" ${META}/\n`,
    ],
    [
      'a fallback that is never used',
      [instance('web', required)],
      `T=$(curl -sf -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token)\nif [ -n "$T" ]; then curl -H "X-aws-ec2-metadata-token: $T" ${META}/; else curl ${META}/; fi\n`,
    ],
    ['a script that asks nothing', [instance('web', required)], 'yum install -y nginx\n'],
    ['tokens optional', [instance('web', { metadataOptions: { httpTokens: 'optional' } })], CALL],
    ['tokens left out', [instance('web')], CALL],
    ['tokens unknown', [instance('web', { metadataOptions: { httpTokens: unknown() } })], CALL],
    [
      'tokens required sometimes',
      [instance('web', { metadataOptions: { httpTokens: either({ A: 'required', 'not A': 'optional' }) } })],
      CALL,
    ],
    [
      'tokens required or unknown',
      [instance('web', { metadataOptions: { httpTokens: either({ A: 'required', 'not A': unknown() }) } })],
      CALL,
    ],
    [
      'the endpoint disabled',
      [instance('web', { metadataOptions: { httpTokens: 'required', httpEndpoint: 'disabled' } })],
      CALL,
    ],
    [
      'the endpoint unknown',
      [instance('web', { metadataOptions: { httpTokens: 'required', httpEndpoint: unknown() } })],
      CALL,
    ],
    ["another resource's script", [instance('db', required)], CALL],
  ])('not with %s', (_, resources, script) => {
    expect(judged(resources, script)).toEqual([]);
  });
});
