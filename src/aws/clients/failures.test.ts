import { describe, expect, test } from 'vitest';
import { denialOf } from './denial';
import { explainFailure } from './explain-failure';
import { AwsFailure } from './failure';

const asked = { profile: 'work', account: '111122223333', region: 'eu-west-1', operation: 'ec2:DescribeInstances' };

function sdkError(name: string, message: string, status?: number): Error {
  return Object.assign(new Error(message), {
    name,
    ...(status === undefined ? {} : { $metadata: { httpStatusCode: status } }),
  });
}

describe('failures in words', () => {
  test.each([
    [sdkError('ThrottlingException', 'Rate exceeded', 400), 'throttled', /slow down/],
    [
      sdkError('OptInRequired', 'You are not subscribed to this service.', 401),
      'region-disabled',
      /^eu-west-1 is not enabled/,
    ],
    [sdkError('RequestTimeTooSkewed', 'x', 403), 'clock', /clock of this machine/],
    [sdkError('SignatureDoesNotMatch', 'Signature not yet current', 403), 'clock', /clock/],
    [
      sdkError('SignatureDoesNotMatch', 'The signature we calculated does not match', 403),
      'credentials-refused',
      /does not accept/,
    ],
    [
      sdkError('InvalidInstanceID.NotFound', "The instance ID 'i-1' does not exist", 400),
      'not-found',
      /^The instance ID 'i-1' does not exist in eu-west-1\.$/,
    ],
    [
      sdkError('InvalidParameterValue', 'bad value.', 400),
      'invalid-request',
      /^AWS refused ec2:DescribeInstances in eu-west-1: bad value\.$/,
    ],
    [sdkError('IncorrectInstanceState', 'it is terminated', 400), 'invalid-request', /it is terminated/],
    [
      Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }),
      'network',
      /address of AWS in eu-west-1 was not found/,
    ],
    [
      Object.assign(new Error('x'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' }),
      'network',
      /certificate .*SELF_SIGNED_CERT_IN_CHAIN/,
    ],
    [sdkError('AbortError', 'aborted'), 'cancelled', /^Cancelled\.$/],
    [new Error('odd'), 'other', /^ec2:DescribeInstances in eu-west-1 failed: odd\.$/],
    ['not even an error', 'other', /no reason was given/],
  ])('%s', (error, kind, message) => {
    const failure = explainFailure(error, asked);
    expect(failure.facts.kind).toBe(kind);
    expect(failure.message).toMatch(message);
    expect(failure.facts.advice).toMatch(/\.$/);
  });

  test('one that is explained stays as it is, also as the cause of another', () => {
    const first = new AwsFailure('x', { kind: 'guard', action: 'none', advice: 'y' });
    expect(explainFailure(first, asked)).toBe(first);
    expect(explainFailure(new Error('around', { cause: first }), asked)).toBe(first);
  });
});

describe('a denied action', () => {
  const words = 'User: arn:aws:iam::1:user/me is not authorized to perform: ec2:DescribeVolumes';

  test('that a policy of the caller would allow comes with it', () => {
    const denial = denialOf(`${words} because no identity-based policy allows the ec2:DescribeVolumes action`, asked);
    expect(denial.message).toBe('work lacks the permission ec2:DescribeVolumes in account 111122223333, eu-west-1.');
    expect(denial.policy).toContain('"ec2:DescribeVolumes"');
  });

  test.each([
    ['with an explicit deny in a service control policy', 'a policy of the organization forbids it'],
    ['because no service control policy allows the action', 'a policy of the organization forbids it'],
    ['because no permissions boundary allows the action', 'the permissions boundary does not allow it'],
    ['with an explicit deny in an identity-based policy', 'a policy denies it expressly'],
  ])('%s offers none', (reason, said) => {
    const denial = denialOf(`${words} ${reason}`, asked);
    expect(denial.message).toBe(`work may not use ec2:DescribeVolumes in account 111122223333, eu-west-1: ${said}.`);
    expect(denial.policy).toBeUndefined();
  });
});
