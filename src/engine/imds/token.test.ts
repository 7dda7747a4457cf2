import { describe, expect, it } from 'vitest';
import type { Text } from '../program/value';
import { isForOtherCloud, isOfOtherCloud, tokenHeader } from './token';

/** A header; `{}` stands for a token, `?` for what is not known. */
function header(written: string): { readonly text: Text } {
  const pieces = written.split(/(\{\}|\?)/).filter((piece) => piece !== '');
  return {
    text: pieces.map((piece) =>
      piece === '{}' ? { hole: 'token' as const } : piece === '?' ? { hole: 'unknown' as const } : { text: piece },
    ),
  };
}

const verdict = (written: readonly string[], mayHide = false): string => {
  const { state, broken } = tokenHeader(written.map(header), mayHide);
  return broken ?? state;
};

describe('a header sends the token', () => {
  it.each([
    'X-aws-ec2-metadata-token: {}',
    'X-aws-ec2-metadata-token:{}',
    'x-aws-ec2-metadata-token: {}',
    'X-AWS-EC2-METADATA-TOKEN: {}',
    'X-aws-ec2-metadata-token : {}',
    'X-aws-ec2-metadata-token:   {}',
    'X-aws-ec2-metadata-token: ?',
    'X-aws-ec2-metadata-token: AQAEAFo7x0MHmqKwZ3sxLYyW',
    'X-aws-ec2-metadata-token: "{}"',
  ])('%s', (written) => {
    expect(verdict([written])).toBe('sent');
  });
});

describe('a header was meant to send it', () => {
  it.each([
    ['empty', 'X-aws-ec2-metadata-token:'],
    ['empty', 'X-aws-ec2-metadata-token: '],
    ['empty', 'X-aws-ec2-metadata-token: ""'],
    ['empty', "X-aws-ec2-metadata-token: ''"],
    ['empty', 'X-aws-ec2-metadata-token;'],
    ['unexpanded', 'X-aws-ec2-metadata-token: $TOKEN'],
    ['unexpanded', 'X-aws-ec2-metadata-token: ${TOKEN}'],
    ['unexpanded', 'X-aws-ec2-metadata-token: $(curl -X PUT http://169.254.169.254/latest/api/token)'],
    ['misspelt', 'X-aws-metadata-token: {}'],
    ['misspelt', 'X-aws-ec2-metadata-tokens: {}'],
    ['misspelt', 'X-aws-ec2-meta-data-token: {}'],
    ['misspelt', 'X-aws-ec2-metdata-token: {}'],
    ['misspelt', 'aws-ec2-metadata-token: {}'],
    ['misspelt', 'X_aws_ec2_metadata_token: {}'],
    ['misspelt', 'X-aws-imds-token: {}'],
    ['ttl-header', 'X-aws-ec2-metadata-token-ttl-seconds: 21600'],
    ['quoted', '"X-aws-ec2-metadata-token: {}"'],
    ['quoted', "'X-aws-ec2-metadata-token: {}'"],
    ['no-colon', 'X-aws-ec2-metadata-token {}'],
    ['no-colon', 'X-aws-ec2-metadata-token'],
    ['no-colon', 'X-aws-ec2-metadata-token={}'],
  ])('%s: %s', (expected, written) => {
    expect(verdict([written])).toBe(expected);
  });
});

describe('a header has nothing to do with it', () => {
  it.each([
    'Accept: application/json',
    'Authorization: Bearer {}',
    'X-Vault-Token: {}',
    'X-Auth-Token: {}',
    'X-Amz-Security-Token: {}',
    'X-aws-codepipeline-token: {}',
    'Metadata: true',
    'User-Agent: aws-ec2-metadata-token',
    'Content-Type: text/plain',
  ])('%s', (written) => {
    expect(verdict([written])).toBe('none');
  });
});

describe('a header that is not known may be the one', () => {
  it.each(['?', '?: {}', 'X-aws-?: {}', '?X-aws-ec2-metadata-token: x', '?-token: {}'])('%s', (written) => {
    expect(verdict([written])).toBe('maybe');
  });
});

describe('several headers', () => {
  it.each<[string, readonly string[], boolean, string]>([
    ['none', [], false, 'none'],
    ['none that can be seen', [], true, 'maybe'],
    [
      'a token makes up for a broken header',
      ['X-aws-metadata-token: {}', 'X-aws-ec2-metadata-token: {}'],
      false,
      'sent',
    ],
    ['whichever comes first', ['X-aws-ec2-metadata-token: {}', 'X-aws-ec2-metadata-token:'], false, 'sent'],
    ['an unknown one makes up for a broken one', ['X-aws-metadata-token: {}', '?'], false, 'maybe'],
    ['a broken one beside others', ['Accept: */*', 'X-aws-ec2-metadata-token:'], false, 'empty'],
    ['a broken one where more may be hidden', ['X-aws-ec2-metadata-token:'], true, 'empty'],
    ['others alone', ['Accept: */*', 'User-Agent: x'], false, 'none'],
  ])('%s', (_, written, mayHide, expected) => {
    expect(verdict(written, mayHide)).toBe(expected);
  });

  it('says which header decided', () => {
    const headers = [header('Accept: */*'), header('X-aws-ec2-metadata-token: {}')];
    expect(tokenHeader(headers, false).header).toBe(headers[1]);
  });
});

describe('isForOtherCloud', () => {
  it.each([
    ['Metadata: true', true],
    ['metadata:true', true],
    ['Metadata-Flavor: Google', true],
    ['X-Google-Metadata-Request: True', true],
    ['Authorization: Bearer Oracle', true],
    ['X-aliyun-ecs-metadata-token: {}', true],
    ['Metadata-Token: {}', true],
    ['X-aws-ec2-metadata-token: {}', false],
    ['Metadata: false', false],
    ['Authorization: Bearer {}', false],
    ['Accept: application/json', false],
  ])('%s: %s', (written, expected) => {
    expect(isForOtherCloud([header('Accept: */*'), header(written)])).toBe(expected);
  });
});

describe('isOfOtherCloud', () => {
  it.each([
    ['openstack_info', true],
    ['get_ovh_metadata', true],
    ['detectHuaweiCloud', true],
    ['is_gcp', true],
    ['get_metadata', false],
    ['detect_aws_or_openstack', false],
    ['get_social_id', false],
  ])('%s: %s', (name, expected) => {
    expect(isOfOtherCloud(name)).toBe(expected);
  });
});
