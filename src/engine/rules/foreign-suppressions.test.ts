import { describe, expect, it } from 'vitest';
import { foreignComments, silencedRules, speakingOf } from './foreign-suppressions';

const OPEN = ['open-all-ports', 'open-management-port', 'open-port'];
const opening =
  (...ports: readonly number[]) =>
  (port: number): boolean =>
    ports.includes(port);

const silenced = (text: string, opens?: (port: number) => boolean): readonly string[] =>
  [...silencedRules(foreignComments(text), opens).keys()].sort();

describe('comments', () => {
  it.each([
    ['Checkov', '# checkov:skip=CKV_AWS_79:no need', ['imdsv1-allowed']],
    ['Checkov with several', '#checkov:skip=CKV_AWS_79,CKV_AWS_8:no need', ['ebs-unencrypted', 'imdsv1-allowed']],
    ['Checkov in another comment', '// checkov:skip=CKV_AWS_277: reason', ['open-all-ports']],
    ['tfsec', '#tfsec:ignore:aws-ec2-no-public-ingress-sgr', OPEN],
    ['tfsec with its old ids', '# tfsec:ignore:AWS008', OPEN],
    ['tfsec with several', '#tfsec:ignore:AWS079 tfsec:ignore:AWS014', ['ebs-unencrypted', 'imdsv1-allowed']],
    ['tfsec until a day', '#tfsec:ignore:aws-ec2-enforce-http-token-imds:exp:2030-01-02', ['imdsv1-allowed']],
    ['Trivy', '#trivy:ignore:AVD-AWS-0107', OPEN],
    ['Trivy without its prefix', '# trivy:ignore:aws-0028', ['imdsv1-allowed']],
    ['Trivy with a pattern', '# trivy:ignore:aws-iam-*', ['instance-role-broad']],
    ['a rule that is none of ours', '# checkov:skip=CKV_AWS_23:no description', []],
    ['a text that is no comment', 'checkov:skip=CKV_AWS_79', []],
  ])('%s', (_, text, rules) => {
    expect(silenced(text)).toEqual(rules);
  });

  it('KICS silences whatever is found', () => {
    expect(silenced('# kics-scan ignore-line')).toContain('open-management-port');
  });

  it('a rule for one port silences that port', () => {
    expect(silenced('# checkov:skip=CKV_AWS_24', opening(22))).toEqual(['open-management-port']);
    expect(silenced('# checkov:skip=CKV_AWS_24', opening(3389))).toEqual([]);
    expect(silenced('# checkov:skip=CKV_AWS_24', opening(22, 3389))).toEqual([]);
    expect(silenced('# checkov:skip=CKV_AWS_24,CKV_AWS_25', opening(22, 3389))).toEqual(['open-management-port']);
  });

  it('the words are kept', () => {
    expect(silencedRules(foreignComments('a: b # checkov:skip=CKV_AWS_79:old images'))).toEqual(
      new Map([['imdsv1-allowed', 'checkov:skip=CKV_AWS_79:old images']]),
    );
  });
});

describe('reach', () => {
  const lines = (text: string, first: number, last: number, parts = false): number =>
    speakingOf(foreignComments(text), { first, last }, parts).length;

  it.each([
    ['Checkov within', 'a:\n  # checkov:skip=CKV_AWS_79\n', 0, 1, false, 1],
    ['Checkov elsewhere', '# checkov:skip=CKV_AWS_79\na:\n  b\n', 1, 2, false, 0],
    ['Trivy before', '# trivy:ignore:aws-0107\n# why\na:\n  b\n', 2, 3, false, 1],
    ['Trivy on the line', 'a: # trivy:ignore:aws-0107\n  b\n', 0, 1, false, 1],
    ['Trivy on a part', 'a:\n  # trivy:ignore:aws-0107\n  b\n', 0, 2, false, 0],
    ['Trivy on a part, for that', 'a:\n  # trivy:ignore:aws-0107\n  b\n', 0, 2, true, 1],
    ['KICS for a line', '# kics-scan ignore-line\na:\n  b\n', 1, 1, true, 1],
    ['KICS for a line, not for all behind it', '# kics-scan ignore-line\na:\n  b\n', 1, 2, false, 0],
    ['KICS for a block', '# kics-scan ignore-block\na:\n  b\n', 1, 2, false, 1],
    ['KICS for a file', '# kics-scan ignore\na:\n  b\n', 1, 2, false, 1],
  ])('%s', (_, text, first, last, parts, count) => {
    expect(lines(text, first, last, parts)).toBe(count);
  });
});
