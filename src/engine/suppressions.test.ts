import { describe, expect, it } from 'vitest';
import { applySuppressions, readSuppressions, type Suppression } from './suppressions';
import { lineIndex } from './text/line-index';

function read(text: string): readonly Suppression[] {
  const lines = lineIndex(text);
  return readSuppressions(text, lines);
}

describe('readSuppressions', () => {
  it.each([
    ['# ec2-warden-disable-next-line imdsv1-call', 'disable-next-line', ['imdsv1-call']],
    ['# ec2-warden-disable-line imdsv1-call', 'disable-line', ['imdsv1-call']],
    ['# ec2-warden-disable imdsv1-call', 'disable', ['imdsv1-call']],
    ['# ec2-warden-enable imdsv1-call', 'enable', ['imdsv1-call']],
    ['# ec2-warden-enable', 'enable', []],
    ['# ec2-warden-disable-file imdsv1-call', 'disable-file', ['imdsv1-call']],
    ['#ec2-warden-disable imdsv1-call', 'disable', ['imdsv1-call']],
    ['curl x # ec2-warden-disable-line imdsv1-call', 'disable-line', ['imdsv1-call']],
    ['# reviewed; ec2-warden-disable-line imdsv1-call', 'disable-line', ['imdsv1-call']],
    [
      '# ec2-warden-disable imdsv1-call, credentials-permissions',
      'disable',
      ['imdsv1-call', 'credentials-permissions'],
    ],
    ['# ec2-warden-disable imdsv1-call credentials-permissions', 'disable', ['imdsv1-call', 'credentials-permissions']],
    [
      '# ec2-warden-disable imdsv1-call,,credentials-permissions,',
      'disable',
      ['imdsv1-call', 'credentials-permissions'],
    ],
    ['# ec2-warden-disable imdsv1-call -- the AMI has no curl', 'disable', ['imdsv1-call']],
    ['# ec2-warden-disable imdsv1-call --', 'disable', ['imdsv1-call']],
    ['# ec2-warden-disable -- no rule, only a reason', 'disable', []],
    ['# ec2-warden-disable', 'disable', []],
    ['// ec2-warden-disable imdsv1-call', 'disable', ['imdsv1-call']],
    ['/* ec2-warden-disable imdsv1-call */', 'disable', ['imdsv1-call']],
    ['<!-- ec2-warden-disable imdsv1-call -->', 'disable', ['imdsv1-call']],
    ['<# ec2-warden-disable imdsv1-call #>', 'disable', ['imdsv1-call']],
    ['; ec2-warden-disable imdsv1-call', 'disable', ['imdsv1-call']],
    ['REM ec2-warden-disable imdsv1-call', 'disable', ['imdsv1-call']],
    ['# ec2-warden-disabled imdsv1-call', undefined, []],
    ['# ec2-warden-disable-all imdsv1-call', undefined, []],
    ['echo ec2-warden-disable imdsv1-call', undefined, []],
    ['# see https://example.com/ec2-warden', undefined, []],
  ])('%s', (text, directive, rules) => {
    const [suppression, ...more] = read(text);
    expect(more).toEqual([]);
    expect(suppression?.directive).toBe(directive);
    expect(suppression?.rules ?? []).toEqual(rules);
  });

  it('gives the line and the words without the reason', () => {
    const text = '#!/bin/sh\n\ncurl x # ec2-warden-disable-line imdsv1-call -- because\r\n';
    const [suppression] = read(text);
    expect(suppression?.line).toBe(2);
    expect(text.slice(suppression?.range.start, suppression?.range.end)).toBe('ec2-warden-disable-line imdsv1-call');
  });

  it('reads every line', () => {
    const text = '# ec2-warden-disable a\n# ec2-warden-enable a\n# ec2-warden-disable-file b\n';
    expect(read(text).map(({ directive, line }) => `${directive} ${String(line)}`)).toEqual([
      'disable 0',
      'enable 1',
      'disable-file 2',
    ]);
  });
});

/** Findings of the rule `x` on the lines given; which are left, and which comments did nothing. */
function apply(text: string, ...findings: readonly (readonly [first: number, last: number])[]): object {
  const { kept, unused } = applySuppressions(findings, read(text), ([first, last]) => ({
    ruleId: 'x',
    lines: { first, last },
  }));
  return {
    kept: kept.map(([first]) => first),
    unused: unused.map(({ suppression, rule }) => `${rule}@${String(suppression.line)}`),
  };
}

describe('applySuppressions', () => {
  it.each<[string, string, readonly (readonly [number, number])[], number[], string[]]>([
    ['the next line', '# ec2-warden-disable-next-line x\n', [[1, 1]], [], []],
    [
      'the next line and no other',
      '# ec2-warden-disable-next-line x\n',
      [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
      [0, 2],
      [],
    ],
    ['a command that starts on the next line', '# ec2-warden-disable-next-line x\n', [[1, 4]], [], []],
    [
      'its own line',
      '# ec2-warden-disable-line x\n',
      [
        [0, 0],
        [1, 1],
      ],
      [1],
      [],
    ],
    ['the last line of a command', '\n\n# ec2-warden-disable-line x\n', [[0, 2]], [], []],
    [
      'all that follows',
      '\n# ec2-warden-disable x\n',
      [
        [0, 0],
        [1, 1],
        [7, 7],
      ],
      [0],
      [],
    ],
    [
      'what lies between',
      '# ec2-warden-disable x\n\n# ec2-warden-enable x\n',
      [
        [1, 1],
        [2, 2],
        [3, 3],
      ],
      [2, 3],
      [],
    ],
    [
      'what lies between, all rules enabled again',
      '# ec2-warden-disable x\n\n# ec2-warden-enable\n',
      [
        [1, 1],
        [3, 3],
      ],
      [3],
      [],
    ],
    ['what lies between, another rule enabled', '# ec2-warden-disable x\n# ec2-warden-enable y\n', [[3, 3]], [], []],
    [
      'again behind a second disable',
      '# ec2-warden-disable x\n# ec2-warden-enable x\n# ec2-warden-disable x\n',
      [[3, 3]],
      [],
      ['x@0'],
    ],
    [
      'the whole file, wherever it is said',
      '\n\n\n# ec2-warden-disable-file x\n',
      [
        [0, 0],
        [9, 9],
      ],
      [],
      [],
    ],
    ['another rule', '# ec2-warden-disable-file y\n', [[0, 0]], [0], ['y@0']],
    ['nothing', '# ec2-warden-disable-next-line x\n', [], [], ['x@0']],
    ['one rule of two', '# ec2-warden-disable-file x, y\n', [[0, 0]], [], ['y@0']],
    ['nothing, without a rule', '# ec2-warden-disable-file\n', [[0, 0]], [0], []],
    ['the same twice', '# ec2-warden-disable-file x\n# ec2-warden-disable-next-line x\n', [[2, 2]], [], []],
  ])('%s', (_, text, findings, kept, unused) => {
    expect(apply(text, ...findings)).toEqual({ kept, unused });
  });
});
