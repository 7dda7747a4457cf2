import type { VerdictCase } from '../../src/engine/testing/verdict-tally';

export const HOSTS = ['CloudFormation', 'Terraform'] as const;

/** Small templates in all. */
export const LEAST_CASES = 400;
/** Of each rule, in the two languages together: what it must find, and what it must be silent on. */
export const LEAST_OF_RULE = 3;

function count(cases: readonly VerdictCase[], rule: string, host?: string): { found: number; silent: number } {
  const of = cases.filter((each) => host === undefined || each.host === host);
  return {
    found: of.filter(({ found }) => found.includes(rule)).length,
    silent: of.filter(({ silent }) => silent.includes(rule)).length,
  };
}

/** A line for each rule: how many cases must be found and how many must be silent, host by host. */
export function tableOf(rules: readonly string[], cases: readonly VerdictCase[]): readonly string[] {
  const width = Math.max(...rules.map(({ length }) => length));
  const row = (name: string, cells: readonly string[]): string =>
    `  ${name.padEnd(width)}${cells.map((cell) => cell.padStart(18)).join('')}`;
  return [
    'Templates with a verdict: cases that must be found / that must be silent',
    row('rule', HOSTS),
    ...rules.map((rule) =>
      row(
        rule,
        HOSTS.map((host) => {
          const { found, silent } = count(cases, rule, host);
          return `${String(found)} / ${String(silent)}`;
        }),
      ),
    ),
    row(
      `templates (${String(cases.length)})`,
      HOSTS.map((host) => String(cases.filter((each) => each.host === host).length)),
    ),
  ];
}

/** What there is too little of, in words. */
export function tooFew(rules: readonly string[], cases: readonly VerdictCase[]): readonly string[] {
  const missing = rules.flatMap((rule) => {
    const { found, silent } = count(cases, rule);
    const less = [
      ...(found < LEAST_OF_RULE ? [`${String(found)} cases that must be found`] : []),
      ...(silent < LEAST_OF_RULE ? [`${String(silent)} that must be silent`] : []),
    ];
    return less.length === 0 ? [] : [`${rule}: ${less.join(', ')}; at least ${String(LEAST_OF_RULE)} are wanted`];
  });
  if (cases.length >= LEAST_CASES) return missing;
  return [...missing, `${String(cases.length)} templates; at least ${String(LEAST_CASES)} are wanted`];
}
