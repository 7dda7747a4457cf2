/** Instances as tests write them, and what is said of them. */
import { expect } from 'vitest';
import { tally } from '../../src/engine/testing/verdict-tally';
import { engine, open } from './opened';

export type Case = [what: string, file: string, verdicts: readonly string[], others?: Readonly<Record<string, string>>];

const RULES =
  /^(?:imdsv1-allowed|imdsv2-required-v1-call|metadata-hop-limit|ebs-|snapshot-|image-|instance-role|key-pair|architecture|secret-in-script)/;

export async function verdicts(file: string, others: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const { findings, failures } = engine.lint(await open(file, others));
  expect(failures).toEqual([]);
  return findings
    .filter(({ ruleId }) => RULES.test(ruleId))
    .map(({ ruleId, severity, resource = '' }) => `${ruleId} ${severity} ${resource}`);
}

/** A row of a table holds. */
export async function holds(_: string, ...[file, expected, others]: Tail): Promise<void> {
  tally('Terraform', await open(file, others), expected, (id) => RULES.test(id));
  expect((await verdicts(file, others)).sort()).toEqual([...expected].sort());
}

type Tail = Case extends readonly [string, ...infer Rest] ? Rest : never;

export const instance = (lines: string, name = 'w'): string => `resource "aws_instance" "${name}" {\n${lines}\n}\n`;
export const REQUIRED = '  metadata_options {\n    http_tokens = "required"\n  }\n';
export const OPTIONAL = '  metadata_options {\n    http_tokens = "optional"\n  }\n';
