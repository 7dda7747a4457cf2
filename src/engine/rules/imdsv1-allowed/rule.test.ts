import { describe, expect, it } from 'vitest';
import type { Resource } from '../../ec2/model';
import { either, fromDefault, reference, unknown, type Plain } from '../../testing/data';
import { findings, judge, messages, offers } from '../../testing/judging';
import {
  accountDefaults,
  image,
  instance,
  launchConfiguration,
  launchTemplate,
  type LaunchOptions,
} from '../../testing/resources';
import { imdsv1Allowed } from './rule';

const web = (options: LaunchOptions = {}): readonly [ReturnType<typeof instance>] => [instance('web', options)];
const options = (httpTokens: Plain): LaunchOptions => ({ metadataOptions: { httpTokens } });

describe('imdsv1-allowed: explicit', () => {
  it.each([
    ['an instance', instance('web', options('optional'))],
    ['a launch template', launchTemplate('web', options('optional'))],
    ['a launch configuration', launchConfiguration('web', options('optional'))],
  ])('%s', (_, resource) => {
    expect(judge(imdsv1Allowed, [resource])).toEqual(['web at optional']);
    expect(messages(imdsv1Allowed, [resource])).toEqual(['IMDSv1 is allowed here: tokens are optional.']);
  });

  it('by condition', () => {
    const tokens = either({ IsProduction: 'required', 'not IsProduction': 'optional' });
    expect(messages(imdsv1Allowed, web(options(tokens)))).toEqual([
      'IMDSv1 is allowed here: tokens are optional where not IsProduction.',
    ]);
  });

  it('by the default of a parameter', () => {
    expect(judge(imdsv1Allowed, web(options(fromDefault('optional', 'the default of Tokens'))))).toEqual([
      'web at use of the default of Tokens',
    ]);
  });

  it('even where the image would bring required tokens', () => {
    expect(judge(imdsv1Allowed, web({ ...options('optional'), imageId: 'al2023-ami' }))).toEqual(['web at optional']);
  });
});

describe('imdsv1-allowed: left out', () => {
  it.each([
    ['everything', web(), 'information: web at head of web'],
    ['the tokens', web({ metadataOptions: { hopLimit: 1 } }), 'information: web at metadata options'],
    [
      'the tokens, the endpoint enabled',
      web({ metadataOptions: { httpEndpoint: 'enabled' } }),
      'information: web at metadata options',
    ],
    ['by condition', web(options(either({ IsNew: 'required', 'not IsNew': undefined }))), 'information: web at choice'],
    [
      'for an image that brings nothing',
      web({ imageId: 'ami-0123456789abcdef0', imageNames: ['amzn2-ami-hvm-*-x86_64-gp2'] }),
      'information: web at head of web',
    ],
  ])('%s', (_, resources, expected) => {
    expect(judge(imdsv1Allowed, resources)).toEqual([expected]);
  });

  it('says what may still require tokens', () => {
    expect(messages(imdsv1Allowed, web())).toEqual([
      "Nothing here requires tokens, so IMDSv1 is allowed unless the AMI or the account's default for the region requires IMDSv2.",
    ]);
    expect(messages(imdsv1Allowed, web(options(either({ IsNew: 'required', 'not IsNew': undefined }))))[0]).toMatch(
      /^Nothing here requires tokens where not IsNew, so/,
    );
  });

  it.each([
    [
      'an Amazon Linux 2023 image by its SSM parameter',
      web({ imageNames: ['/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64'] }),
    ],
    ['an Amazon Linux 2023 image by its name', web({ imageNames: ['al2023-ami-2023.*-arm64'] })],
    [
      'an image of the configuration that requires tokens',
      [...web({ imageId: reference('golden', 'id') }), image('golden', { imdsSupport: 'v2.0' })],
    ],
    [
      'an account that requires tokens',
      [...web(), accountDefaults('region', { metadataOptions: { httpTokens: 'required' } })],
    ],
    [
      'an account of which it is not known',
      [...web(), accountDefaults('region', { metadataOptions: { httpTokens: unknown() } })],
    ],
    ['a launch template that stands elsewhere', web({ launchTemplate: 'lt-0123456789abcdef0' })],
    ['a launch template that is not known', web({ launchTemplate: unknown() })],
    [
      'a launch template that requires tokens',
      [...web({ launchTemplate: reference('base', 'id') }), launchTemplate('base', options('required'))],
    ],
  ])('not with %s', (_, resources) => {
    expect(judge(imdsv1Allowed, resources)).toEqual([]);
  });

  it('is told of the launch template where that leaves it out', () => {
    const resources = [...web({ launchTemplate: reference('base', 'id') }), launchTemplate('base')];
    expect(judge(imdsv1Allowed, resources)).toEqual(['information: base at head of base']);
  });

  it('counts although the account has no preference', () => {
    const account = accountDefaults('region', { metadataOptions: { httpTokens: 'no-preference', hopLimit: 2 } });
    expect(judge(imdsv1Allowed, [...web(), account])).toEqual(['information: web at head of web']);
  });
});

describe('imdsv1-allowed: silent', () => {
  it.each([
    ['required', web(options('required'))],
    ['required either way', web(options(either({ A: 'required', 'not A': 'required' })))],
    ['unknown', web(options(unknown()))],
    ['required or unknown', web(options(either({ A: 'required', 'not A': unknown() })))],
    ['what another resource says', web(options(reference('settings', 'tokens')))],
    ['the endpoint disabled', web({ metadataOptions: { httpEndpoint: 'disabled' } })],
    [
      'the endpoint disabled and tokens optional',
      web({ metadataOptions: { httpEndpoint: 'disabled', httpTokens: 'optional' } }),
    ],
    ['an unknown endpoint', web({ metadataOptions: { httpEndpoint: unknown(), httpTokens: 'optional' } })],
    [
      'tokens optional only where the endpoint is disabled',
      web({
        metadataOptions: {
          httpEndpoint: either({ Off: 'disabled', 'not Off': 'enabled' }),
          httpTokens: either({ Off: 'optional', 'not Off': 'required' }),
        },
      }),
    ],
    [
      'the endpoint disabled by the launch template',
      [
        ...web({ ...options('optional'), launchTemplate: reference('base') }),
        launchTemplate('base', { metadataOptions: { httpEndpoint: 'disabled', httpTokens: 'required' } }),
      ],
    ],
    [
      'the endpoint disabled by the account',
      [...web(), accountDefaults('region', { metadataOptions: { httpEndpoint: 'disabled' } })],
    ],
    [
      "another scanner's comment",
      web({ ...options('optional'), silenced: new Map([['imdsv1-allowed', 'checkov:skip=CKV_AWS_79']]) }),
    ],
  ])('%s', (_, resources) => {
    expect(judge(imdsv1Allowed, resources)).toEqual([]);
  });

  it('an endpoint that is disabled sometimes is none that is disabled', () => {
    const resources = web({
      metadataOptions: { httpEndpoint: either({ Off: 'disabled', 'not Off': 'enabled' }), httpTokens: 'optional' },
    });
    expect(judge(imdsv1Allowed, resources)).toEqual(['web at optional']);
  });
});

describe("imdsv1-allowed: the account's default", () => {
  it.each([
    ['optional', 'optional', ['region at optional']],
    ['required', 'required', []],
    ['no preference', 'no-preference', []],
    ['unknown', unknown(), []],
  ])('%s', (_, httpTokens, expected) => {
    expect(judge(imdsv1Allowed, [accountDefaults('region', { metadataOptions: { httpTokens } })])).toEqual(expected);
  });

  it('is told once, and not for each instance', () => {
    const account = accountDefaults('region', { metadataOptions: { httpTokens: 'optional' } });
    expect(judge(imdsv1Allowed, [...web(), instance('db'), account])).toEqual(['region at optional']);
    expect(offers(imdsv1Allowed, [account])).toEqual([
      'suggestion: Require tokens (IMDSv2) by default -> replace optional by required',
    ]);
  });
});

describe('imdsv1-allowed: fixes', () => {
  const CALL = 'curl http://169.254.169.254/latest/meta-data/instance-id\n';
  const SET = 'set metadataOptions.httpTokens = required';
  const FETCH = /TOKEN=[^]*latest\/api\/token/;

  it('with user data that calls nothing', () => {
    expect(offers(imdsv1Allowed, web(options('optional')), { scripts: { web: 'echo hello\n' } })).toEqual([
      `suggestion: Require tokens (IMDSv2) -> ${SET}`,
    ]);
  });

  it.each([
    ['in one place', CALL, '1 place'],
    ['in two places', CALL + CALL, '2 places'],
  ])(
    'with user data that calls IMDSv1 %s: both in one, or the tokens alone and what that breaks',
    (_, web1, places) => {
      const [both, alone, ...more] = offers(imdsv1Allowed, web(options('optional')), { scripts: { web: web1 } });
      expect(both).toMatch(
        /^suggestion: Require tokens \(IMDSv2\) and send one in the user data -> set metadataOptions/,
      );
      expect(both).toMatch(FETCH);
      expect(alone).toBe(
        `suggestion: Require tokens (IMDSv2), though its script still calls IMDSv1 in ${places} -> ${SET}`,
      );
      expect(more).toEqual([]);
    },
  );

  it('a script in another file is named, and edited there', () => {
    const elsewhere = { web: { uri: 'file:///srv/boot%20one.sh', text: CALL } };
    const [finding] = findings(imdsv1Allowed, web(options('optional')), { elsewhere });
    const fixes = finding?.fixes ?? [];
    expect(fixes.map(({ title }) => title)).toEqual([
      'Require tokens (IMDSv2) and send one in boot one.sh',
      'Require tokens (IMDSv2), though its script still calls IMDSv1 in 1 place (boot one.sh)',
    ]);
    expect(fixes[0]?.edits()?.map(({ newText }) => newText)).toEqual([SET]);
    const [file, ...others] = fixes[0]?.elsewhere?.() ?? [];
    expect(others).toEqual([]);
    expect(file?.uri).toBe(elsewhere.web.uri);
    expect(file?.edits.map(({ newText }) => newText).join()).toMatch(FETCH);
    expect(fixes[1]).not.toHaveProperty('elsewhere');
  });

  it('a script whose rewrite is not proven is told of, and left', () => {
    expect(offers(imdsv1Allowed, web(options('optional')), { scripts: { web: `${CALL}fi\n` } })).toEqual([
      `suggestion: Require tokens (IMDSv2), though its script still calls IMDSv1 in 1 place -> ${SET}`,
    ]);
  });

  it('user data of the launch template counts', () => {
    const resources = [
      ...web({ ...options('optional'), launchTemplate: reference('base') }),
      launchTemplate('base', options('required')),
    ];
    expect(offers(imdsv1Allowed, resources, { scripts: { base: CALL } })[1]).toContain('calls IMDSv1 in 1 place');
  });

  it('user data of a block that is there several times is that of each', () => {
    const resources = [instance('web["a"]', options('optional'))];
    expect(offers(imdsv1Allowed, resources, { scripts: { web: CALL } })[1]).toContain('calls IMDSv1 in 1 place');
  });

  it('a call that is made only where there is no token does no harm', () => {
    const fallback = `T=$(curl -sf -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token)\nif [ -n "$T" ]; then curl -H "X-aws-ec2-metadata-token: $T" http://169.254.169.254/latest/meta-data/; else ${CALL.trim()}; fi\n`;
    expect(offers(imdsv1Allowed, web(options('optional')), { scripts: { web: fallback } })).toHaveLength(1);
  });
});

describe('an image', () => {
  it('that is registered without support for tokens only', () => {
    const resources = [image('base', { isRegistered: true })];
    expect(judge(imdsv1Allowed, resources)).toEqual(['information: base at head of base']);
    expect(offers(imdsv1Allowed, resources)).toEqual([
      'suggestion: Require tokens (IMDSv2) of its instances by default -> set imdsSupport = v2.0',
    ]);
  });

  it.each<[string, Resource]>([
    ['with support', image('base', { isRegistered: true, imdsSupport: 'v2.0' })],
    ['of which it is not known', image('base', { isRegistered: true, imdsSupport: unknown() })],
    ['that is only shared', image('base', { sharedWith: ['111122223333'] })],
  ])('not one %s', (_, resource) => {
    expect(judge(imdsv1Allowed, [resource])).toEqual([]);
  });
});
