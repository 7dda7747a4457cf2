/** What the tables of templates prove, rule by rule: each case says which rules it must find and which it must be silent on. */
import { TestRunner } from 'vitest';
import { examine } from '../examine';
import type { ResourceKind } from '../ec2/model';
import { NO_GRAMMARS } from '../grammar/grammars';
import type { Document } from '../index';

/** One case of a table, as it travels to the reporter. */
export interface VerdictCase {
  readonly host: string;
  /** Rules that must find something in it. */
  readonly found: readonly string[];
  /** Rules that judge a resource of it and must find nothing. */
  readonly silent: readonly string[];
}

declare module 'vitest' {
  interface TaskMeta {
    verdictCase?: VerdictCase;
  }
}

const LAUNCHES = ['instance', 'launch-template', 'launch-configuration'] as const;
const GROUPS = ['security-group', 'security-group-rule'] as const;

/** The rules over resources, with the kinds that each of them judges. */
export const JUDGED: Readonly<Record<string, readonly ResourceKind[]>> = {
  'imdsv1-allowed': [...LAUNCHES, 'account-defaults'],
  'imdsv2-required-v1-call': LAUNCHES,
  'metadata-hop-limit': LAUNCHES,
  'open-management-port': GROUPS,
  'open-all-ports': GROUPS,
  'open-port': GROUPS,
  'wide-port-range': GROUPS,
  'default-security-group-open': GROUPS,
  'security-group-quota': GROUPS,
  'ebs-unencrypted': [...LAUNCHES, 'volume'],
  'ebs-default-encryption-off': ['account-defaults'],
  'snapshot-public': ['snapshot'],
  'image-public': ['image'],
  'instance-role-broad': ['role', 'instance-profile'],
  'instance-public': LAUNCHES,
  'key-pair-weak': ['key-pair', 'instance'],
  'architecture-mismatch': LAUNCHES,
};

/** Rules over programs that the tables have cases of, beside. */
export const JUDGED_IN_SCRIPTS = ['secret-in-script'] as const;

/**
 * Says of the test that runs what it proves.
 * @param isCompared whether the table compares what a rule says
 */
export function tally(
  host: string,
  { uri, text, surroundings = { grammars: NO_GRAMMARS, files: new Map() } }: Document,
  expected: readonly string[],
  isCompared: (ruleId: string) => boolean = () => true,
): void {
  const { graph, programs } = examine({ name: uri, text }, surroundings);
  const kinds = new Set(graph.resources.map(({ kind }) => kind));
  const judging = Object.entries(JUDGED).flatMap(([id, judged]) =>
    judged.some((kind) => kinds.has(kind)) ? [id] : [],
  );
  if (programs.length > 0) judging.push(...JUDGED_IN_SCRIPTS);
  const found = [...new Set(expected.map((verdict) => verdict.split(' ')[0] ?? ''))];
  const test = TestRunner.getCurrentTest();
  if (!test) throw new Error('A case is counted in a test.');
  test.meta.verdictCase = { host, found, silent: judging.filter((id) => isCompared(id) && !found.includes(id)) };
}
