/** A plan as a shell script for those who would rather run the AWS CLI. */
import { shellWord, toCommand, type MetadataOptionsChange } from '../change';
import type { Plan, PlannedChange, PlanVerdict } from './plan';

const WORDS: Readonly<Record<PlanVerdict, string>> = {
  safe: 'safe',
  'likely-safe': 'likely safe',
  'will-break': 'will break something',
  unknown: 'unknown',
};

/**
 * POSIX sh (The Open Group Base Specifications, Shell Command Language). It changes nothing in another account than the plan's, and runs what will break
 * something only where ALLOW_BREAKING=yes says so. One that fails does not keep the others from being made, and makes the exit status 1; running it again
 * sends all of it again, which changes nothing that was changed.
 */
export function shellScript(plan: Plan): string {
  const { account, createdAt, regions, changes } = plan;
  const breaking = changes.some(({ verdict }) => verdict === 'will-break');
  return [
    '#!/bin/sh',
    `# Metadata options of ${plural(changes.length, 'instance')} in account ${account}, ${regions.join(', ')}.`,
    `# A plan made by EC2 Warden at ${createdAt}.`,
    ...(breaking ? ['# What will break something is left alone unless ALLOW_BREAKING=yes is in the environment.'] : []),
    'set -eu',
    '',
    `account=${shellWord(account)}`,
    'found=$(aws sts get-caller-identity --query Account --output text)',
    'if [ "$found" != "$account" ]; then',
    '  printf \'%s\\n\' "This is for account $account, and these are the credentials of $found: nothing was changed." >&2',
    '  exit 1',
    'fi',
    '# The CLI must not wait for somebody to page through its answers.',
    "AWS_PAGER=''",
    'export AWS_PAGER',
    'failed=0',
    ...changes.flatMap((change) => ['', ...linesOf(change)]),
    '',
    'if [ "$failed" -gt 0 ]; then',
    '  printf \'%s\\n\' "Failed: $failed." >&2',
    '  exit 1',
    'fi',
    '',
  ].join('\n');
}

function linesOf(change: PlannedChange): readonly string[] {
  const { name, region, instance, before, set, verdict, reasons = [] } = change;
  const command = `${toCommand(region, instance, set)} || failed=$((failed + 1))`;
  return [
    comment(`${name === undefined || name === '' ? instance : `${name}, ${instance}`}: ${WORDS[verdict]}`),
    ...reasons.map((reason) => comment(`  ${reason}`)),
    comment(`  before: ${inWords(before)}`),
    ...(verdict === 'will-break' ? ['if [ "${ALLOW_BREAKING:-}" = yes ]; then', `  ${command}`, 'fi'] : [command]),
  ];
}

function inWords(options: MetadataOptionsChange): string {
  const parts = Object.entries(options).map(([name, value]) => `${name} ${String(value)}`);
  return parts.length === 0 ? 'not known' : parts.join(', ');
}

const plural = (count: number, what: string): string => `${String(count)} ${what}${count === 1 ? '' : 's'}`;

/** Names and reasons may hold anything: a comment ends where a line does, and a terminal must not be commanded by one. */
function comment(text: string): string {
  return `# ${text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ').trimEnd()}`;
}
