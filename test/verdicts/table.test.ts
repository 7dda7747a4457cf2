import { describe, expect, it } from 'vitest';
import type { VerdictCase } from '../../src/engine/testing/verdict-tally';
import { LEAST_CASES, LEAST_OF_RULE, tableOf, tooFew } from './table';

const found = (rule: string, host = 'Terraform'): VerdictCase => ({ host, found: [rule], silent: [] });
const silent = (rule: string, host = 'CloudFormation'): VerdictCase => ({ host, found: [], silent: [rule] });
const times = (count: number, each: VerdictCase): VerdictCase[] => Array.from({ length: count }, () => each);

describe('the table of verdicts', () => {
  it('counts by rule and host', () => {
    const cases = [found('a'), found('a'), silent('a'), found('b', 'CloudFormation')];
    expect(tableOf(['a', 'b'], cases).map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['Templates with a verdict: cases that must be found / that must be silent'],
      ['rule', 'CloudFormation', 'Terraform'],
      ['a', '0 / 1', '2 / 0'],
      ['b', '1 / 0', '0 / 0'],
      ['templates (4)', '2', '2'],
    ]);
  });

  it('is content with enough of each', () => {
    const cases = [...times(LEAST_OF_RULE, found('a')), ...times(LEAST_CASES, silent('a'))];
    expect(tooFew(['a'], cases)).toEqual([]);
  });

  it('names what there is too little of', () => {
    expect(tooFew(['a', 'b'], [...times(LEAST_CASES, silent('a')), ...times(2, found('b'))])).toEqual([
      'a: 0 cases that must be found; at least 3 are wanted',
      'b: 2 cases that must be found, 0 that must be silent; at least 3 are wanted',
    ]);
    expect(tooFew([], [silent('a')])).toEqual(['1 templates; at least 400 are wanted']);
  });
});
