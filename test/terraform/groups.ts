/** Security groups as tests write them, and what is said of them. */
import { expect } from 'vitest';
import { tally } from '../../src/engine/testing/verdict-tally';
import { engine, open } from './opened';

export type Case = [what: string, file: string, verdicts: readonly string[], others?: Readonly<Record<string, string>>];

const RULES = /^(?:open-|wide-|default-security-group|instance-public|security-group-quota)/;

/** What the rules whose id begins so say, as `RULE RESOURCE`. */
export async function verdicts(
  file: string,
  others: Readonly<Record<string, string>> = {},
  name?: string,
): Promise<string[]> {
  const { findings, failures } = engine.lint(await open(file, others, name));
  expect(failures).toEqual([]);
  return findings
    .filter(({ ruleId }) => RULES.test(ruleId))
    .map(({ ruleId, resource = '' }) => `${ruleId} ${resource}`);
}

/** A row of a table holds. */
export async function holds(_: string, ...[file, expected, others]: Tail): Promise<void> {
  tally('Terraform', await open(file, others), expected, (id) => RULES.test(id));
  expect((await verdicts(file, others)).sort()).toEqual([...expected].sort());
}

type Tail = Case extends [string, ...infer Rest] ? Rest : never;

export const SSH = ['open-management-port aws_security_group.x'];

export const group = (...rules: readonly string[]): string =>
  `resource "aws_security_group" "x" {\n${rules.join('\n')}\n}\n`;
export const rule = (
  from: string | number,
  to: string | number = from,
  source = 'cidr_blocks = ["0.0.0.0/0"]',
  protocol = '"tcp"',
): string =>
  `  ingress {\n    from_port = ${String(from)}\n    to_port = ${String(to)}\n    protocol = ${protocol}\n    ${source}\n  }`;
export const variable = (name: string, value: string): string => `variable "${name}" {\n  default = ${value}\n}\n`;
export const apart = (lines: string): string =>
  `${group()}resource "aws_security_group_rule" "r" {\n  type = "ingress"\n  security_group_id = aws_security_group.x.id\n${lines}\n}\n`;
export const OPEN = '  from_port = 22\n  to_port = 22\n  protocol = "tcp"\n  cidr_blocks = ["0.0.0.0/0"]';
