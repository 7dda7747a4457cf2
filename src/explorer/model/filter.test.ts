import { describe, expect, test } from 'vitest';
import type { InstanceRecord, SecurityGroupRecord } from '../../aws';
import { INSTANCE, SECURITY_GROUP } from '../testing/records';
import { parseFilter } from './filter';

const WEB: InstanceRecord = {
  ...INSTANCE,
  id: 'i-0abc',
  name: 'web-1',
  state: 'running',
  type: 't3.micro',
  privateAddress: '10.0.0.7',
  metadata: { ...INSTANCE.metadata, tokens: 'optional', endpoint: 'enabled' },
  tags: { Name: 'web-1', team: 'Shop floor', __proto__: 'x' },
  securityGroups: [{ id: 'sg-0def', name: 'web' }],
};
const GROUP: SecurityGroupRecord = { ...SECURITY_GROUP, id: 'sg-0def', name: 'web' };

describe('a filter', () => {
  test.each([
    ['', true],
    ['web', true],
    ['WEB-1', true],
    ['i-0abc', true],
    ['10.0.0.7', true],
    ['sg-0def', true],
    ['shop', true],
    ['web nothing', false],
    ['state:running', true],
    ['state:stopped', false],
    ['imds:v1', true],
    ['imds:v2', false],
    ['"imdsv1 allowed"', true],
    ['type:t3', true],
    ['type:t4g', false],
    ['tag:team', true],
    ['tag:team="shop floor"', true],
    ['tag:team=shop', false],
    ['-state:stopped', true],
    ['-web', false],
    ['findings', true],
    ['-findings', false],
    ['state:', false],
    ['"', true],
    ['-tag:team="shop floor"', false],
  ])('%j: %s', (text, expected) => {
    expect(parseFilter(text).matches(WEB, 1)).toBe(expected);
  });

  test('of posture is about instances, and of findings about those that have some', () => {
    expect(parseFilter('imds:v1').matches(GROUP, 0)).toBe(false);
    expect(parseFilter('state:running').matches(GROUP, 0)).toBe(false);
    expect(parseFilter('findings').matches(GROUP, 0)).toBe(false);
  });

  test('that says nothing is none', () => {
    expect(parseFilter('  ').isEmpty).toBe(true);
    expect(parseFilter('x').isEmpty).toBe(false);
  });
});
