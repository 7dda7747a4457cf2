import type { CloudWatchClient, GetMetricDataCommandOutput } from '@aws-sdk/client-cloudwatch';
import type { EC2Client } from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { metadataDefaults } from './defaults';
import { tokenUse, type TokenUse } from './evidence';
import { imageSupports } from './image';
import { templateVersions } from './template';

const AT = new Date('2026-11-22T12:00:00Z');

/** A client that gives these answers, one after the other, and keeps what it was asked. */
function answering(...answers: readonly object[]) {
  const asked: Record<string, unknown>[] = [];
  const left = [...answers];
  const send = ({ input }: { readonly input: Record<string, unknown> }): Promise<unknown> => {
    asked.push(input);
    return Promise.resolve(left.shift() ?? {});
  };
  return {
    asked,
    ec2: { send } as unknown as Pick<EC2Client, 'send'>,
    cloudWatch: { send } as unknown as CloudWatchClient,
  };
}

test('what CloudWatch could not give as a whole is partial, also where a page of it was', async () => {
  const of = (Id: string, StatusCode: string) => ({ Id, StatusCode, Timestamps: [AT], Values: [0] });
  const pages: Partial<GetMetricDataCommandOutput>[] = [
    { MetricDataResults: [of('m0_0', 'Complete'), of('m1_0', 'PartialData')] as never, NextToken: 'more' },
    { MetricDataResults: [of('m1_0', 'Complete'), of('m2_0', 'InternalError')] as never },
  ];
  const found: TokenUse[] = [];
  const { cloudWatch } = answering(...pages);
  for await (const batch of tokenUse(cloudWatch, ['i-0', 'i-1', 'i-2', 'i-3'], AT, AT, undefined)) found.push(...batch);
  expect(found.map(({ tokenless }) => tokenless && [tokenless.hours.length, tokenless.isPartial])).toEqual([
    [1, undefined],
    [2, undefined],
    [1, true],
    undefined,
  ]);
});

test('images are asked for once each, 200 in a request, by a filter', async () => {
  const ids = Array.from({ length: 201 }, (_, index) => `ami-${String(index)}`);
  const { ec2, asked } = answering({ Images: [{ ImageId: 'ami-0', ImdsSupport: 'v2.0' }, { ImageId: 'ami-1' }] });
  const found = await imageSupports(ec2, [...ids, 'ami-0'], undefined);
  expect(asked.map(({ Filters }) => (Filters as { Values: string[] }[])[0]?.Values.length)).toEqual([200, 1]);
  expect(['ami-0', 'ami-1', 'ami-2'].map((id) => found.get(id))).toEqual(['v2', 'unsaid', 'gone']);
});

test('defaults of an account that prefers nothing, and of one that is told by its organization', async () => {
  const level = { ManagedBy: 'declarative-policy', HttpTokens: 'required', HttpTokensEnforced: 'enabled' };
  const { ec2 } = answering({ AccountLevel: { ManagedBy: 'account' } }, { AccountLevel: level });
  expect(await metadataDefaults(ec2, undefined)).toMatchObject({ tokens: undefined, enforced: false });
  expect(await metadataDefaults(ec2, undefined)).toMatchObject({
    ...{ tokens: 'required', enforced: true, managedBy: 'declarative-policy' },
  });
});

test('versions of a template come with their user data, page by page', async () => {
  const userData = Buffer.from('#!/bin/sh\n').toString('base64');
  const { ec2, asked } = answering(
    { LaunchTemplateVersions: [{ VersionNumber: 1, LaunchTemplateData: { UserData: userData } }], NextToken: 'more' },
    { LaunchTemplateVersions: [{ VersionNumber: 2, LaunchTemplateData: {} }] },
  );
  const found = await templateVersions(ec2, 'lt-1', ['1', '2'], undefined);
  expect([...found.values()].map((each) => [each.version, each.userData.text])).toEqual([
    ['1', '#!/bin/sh\n'],
    ['2', undefined],
  ]);
  expect(asked).toEqual([
    { LaunchTemplateId: 'lt-1', Versions: ['1', '2'] },
    { LaunchTemplateId: 'lt-1', Versions: ['1', '2'], NextToken: 'more' },
  ]);
});
