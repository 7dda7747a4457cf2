import { describe, expect, test } from 'vitest';
import type { InstanceRecord, MetadataOptionsChange } from '../../aws';
import { fakeInstance } from '../testing/fake-aws';
import { consequencesOf, isStricter, unfitTag } from './options';
import { SESSION } from './testing/world';

const ROLE = 'arn:aws:iam::111122223333:instance-profile/web';
const instance = (more: Partial<InstanceRecord> = {}): InstanceRecord => fakeInstance(SESSION, 1, more);

describe('what a change means', () => {
  test.each<[MetadataOptionsChange, Partial<InstanceRecord>, RegExp]>([
    [
      { tokens: 'optional' },
      { instanceProfileArn: ROLE },
      /^Weaker security: .*can steal the credentials of its role web\.$/,
    ],
    [{ tokens: 'optional' }, {}, /^Weaker security: .*It has no role/],
    [{ endpoint: 'enabled' }, {}, /^Weaker security: .*also to requests without a token/],
    [{ endpoint: 'enabled', tokens: 'required' }, {}, /^Weaker security: .*to whoever has a token/],
    [{ hopLimit: 2 }, {}, /^Weaker security: tokens reach 2 hops far/],
    [{ endpoint: 'disabled' }, { instanceProfileArn: ROLE }, /its role web gives it no credentials, and cloud-init/],
    [{ endpoint: 'disabled' }, {}, /^Nothing on it can read metadata any more/],
    [
      { hopLimit: 1 },
      { metadata: { ...instance().metadata, hopLimit: 2 } },
      /containers with a network of their own get none/,
    ],
    [{ ipv6: 'enabled' }, {}, /fd00:ec2::254/],
    [{ instanceTags: 'enabled' }, {}, /^Whatever runs on it can read its tags\.$/],
  ])('%j of %j', (change, more, said) => {
    expect(consequencesOf(instance(more), change)).toEqual([expect.stringMatching(said)]);
  });

  test('requiring tokens means nothing beyond itself, and fewer hops are not weaker', () => {
    expect(consequencesOf(instance(), { tokens: 'required' })).toEqual([]);
    const far = instance({ metadata: { ...instance().metadata, hopLimit: 5 } });
    expect(consequencesOf(far, { hopLimit: 2 })).toEqual([]);
  });

  test('evidence is wanted where something is refused that was answered', () => {
    expect(isStricter({ tokens: 'required' })).toBe(true);
    expect(isStricter({ endpoint: 'disabled', hopLimit: 1 })).toBe(true);
    expect(isStricter({ tokens: 'optional', endpoint: 'enabled', hopLimit: 2, ipv6: 'disabled' })).toBe(false);
  });
});

describe('tags that cannot be in metadata', () => {
  test.each([
    ['Name', false],
    ['aws:cloudformation:stack-name', false],
    ['team+cost=centre.a_b-c,d@e', false],
    ['kubernetes.io/cluster/prod', true],
    ['cost centre', true],
    ['größe', true],
    ['..', true],
    ['_index', true],
  ])('%s: %s', (key, isUnfit) => {
    expect(unfitTag({ tags: { owner: 'me', [key]: '' } })).toBe(isUnfit ? key : undefined);
  });

  test('are named before AWS refuses', () => {
    const tagged = instance({ tags: { 'kubernetes.io/cluster/prod': 'owned' } });
    expect(consequencesOf(tagged, { instanceTags: 'enabled' })[1]).toContain('“kubernetes.io/cluster/prod”');
  });
});
