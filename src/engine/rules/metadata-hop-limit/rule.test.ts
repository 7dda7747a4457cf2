import { describe, expect, it } from 'vitest';
import type { Resource } from '../../ec2/model';
import { either, reference, unknown, type Plain } from '../../testing/data';
import { findings, judge, messages, offers } from '../../testing/judging';
import { accountDefaults, instance, launchTemplate } from '../../testing/resources';
import { metadataHopLimit } from './rule';

const PUT = `curl -sX PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token`;
const IN_CONTAINER = `docker run --rm curlimages/curl ${PUT.slice('curl '.length)}\n`;
const limit = (hopLimit: Plain | undefined): Resource => instance('web', { metadataOptions: { hopLimit } });

describe('metadata-hop-limit: too high', () => {
  it.each([
    [3, '3'],
    [64, '64'],
    ['3', '3'],
    [either({ A: 2, 'not A': 10 }), '10'],
  ])('%j', (hopLimit, at) => {
    expect(judge(metadataHopLimit, [limit(hopLimit)])).toEqual([`web at ${at}`]);
  });

  it('says how many are enough, and offers that', () => {
    expect(messages(metadataHopLimit, [limit(5)])).toEqual([
      'Token answers may travel 5 hops; 2 are enough for containers. Each further hop lets them reach further machines.',
    ]);
    expect(offers(metadataHopLimit, [limit(5)])).toEqual(['suggestion: Set the hop limit to 2 -> replace 5 by 2']);
  });

  it.each([
    1,
    2,
    '2',
    undefined,
    unknown(),
    either({ A: 1, 'not A': 2 }),
    either({ A: 1, 'not A': unknown() }),
    'many',
  ])('not %j', (hopLimit) => {
    expect(judge(metadataHopLimit, [limit(hopLimit)])).toEqual([]);
  });

  it('is told where it is written: of the launch template, not of the instance', () => {
    const resources = [
      instance('web', { launchTemplate: reference('base') }),
      launchTemplate('base', { metadataOptions: { hopLimit: 3 } }),
    ];
    expect(judge(metadataHopLimit, resources)).toEqual(['base at 3']);
  });

  it('means nothing where the endpoint is disabled', () => {
    expect(
      judge(metadataHopLimit, [instance('web', { metadataOptions: { hopLimit: 3, httpEndpoint: 'disabled' } })]),
    ).toEqual([]);
  });
});

describe('metadata-hop-limit: too low for containers', () => {
  const scripts = { web: IN_CONTAINER };

  it('a token request in a container with one hop', () => {
    const [finding] = findings(metadataHopLimit, [limit(1)], { scripts });
    expect(finding?.message).toBe(
      'With a hop limit of 1 no token reaches a container, and the user data asks for metadata in one: the request hangs.',
    );
    expect(finding?.related?.map(({ message }) => message)).toEqual(['This runs in a container.']);
    expect(offers(metadataHopLimit, [limit(1)], { scripts })).toEqual([
      'suggestion: Set the hop limit to 2 -> replace 1 by 2',
    ]);
  });

  it('by the launch template, or the account', () => {
    const template = launchTemplate('base', { metadataOptions: { hopLimit: 1 } });
    expect(
      judge(metadataHopLimit, [instance('web', { launchTemplate: reference('base'), hasUserData: true }), template], {
        scripts,
      }),
    ).toEqual(['web at 1']);
    const account = accountDefaults('region', { metadataOptions: { hopLimit: 1 } });
    expect(judge(metadataHopLimit, [instance('web'), account], { scripts })).toEqual(['web at 1']);
  });

  it.each([
    ['two hops', limit(2), IN_CONTAINER],
    ['a limit that is left out', limit(undefined), IN_CONTAINER],
    ['a limit that is not known', limit(unknown()), IN_CONTAINER],
    ['a limit that may be two', limit(either({ A: 1, 'not A': 2 })), IN_CONTAINER],
    ['a request on the host', limit(1), `${PUT}\n`],
    [
      'a request without a token',
      limit(1),
      'docker run --rm curlimages/curl http://169.254.169.254/latest/meta-data/\n',
    ],
    ["a container in the host's network", limit(1), IN_CONTAINER.replace('run ', 'run --network host ')],
    ['a container that asks nothing', limit(1), 'docker run --rm nginx\n'],
  ])('not with %s', (_, resource, script) => {
    expect(judge(metadataHopLimit, [resource], { scripts: { web: script } })).toEqual([]);
  });
});
