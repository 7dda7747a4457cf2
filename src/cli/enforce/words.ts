/** Steps of a plan and what became of them, a line each. */
import type { ChangeResult, MetadataOptionsChange, PlanVerdict } from '../../aws';
import { printable } from '../reporters/display';
import type { Step } from './present';

const VERDICTS: Readonly<Record<PlanVerdict, string>> = {
  safe: 'safe',
  'likely-safe': 'likely safe',
  'will-break': 'will break something',
  unknown: 'unknown',
};

const OPTIONS: readonly (readonly [keyof MetadataOptionsChange, string])[] = [
  ['tokens', 'tokens'],
  ['endpoint', 'metadata service'],
  ['hopLimit', 'hop limit'],
  ['ipv6', 'IPv6 endpoint'],
  ['instanceTags', 'tags in metadata'],
];

/** `tokens optional → required` */
export function changeInWords(before: MetadataOptionsChange, change: MetadataOptionsChange): string {
  return OPTIONS.flatMap(([option, name]) => {
    const value = change[option];
    return value === undefined ? [] : [`${name} ${String(before[option] ?? 'unknown')} → ${String(value)}`];
  }).join(', ');
}

/** `i-0123456789abcdef0 (web-1)`; a name may hold anything. */
export function nameOf({ planned, instance }: Step): string {
  const name = instance?.name ?? planned.name;
  return name === undefined || name === '' ? planned.instance : `${planned.instance} (${printable(name)})`;
}

/** What differs now, from what is there. */
export function differenceInWords({ instance, change }: Step): string {
  const { metadata } = instance ?? {};
  const before = Object.fromEntries(
    OPTIONS.flatMap(([option]) => (metadata?.[option] === undefined ? [] : [[option, metadata[option]]])),
  );
  return changeInWords(before, change);
}

/** A step as it stands, before anything is sent. */
export function stepInWords(step: Step): string {
  const { planned, instance } = step;
  switch (step.is) {
    case 'to-change': {
      const [reason] = planned.verdict === 'safe' ? [] : (planned.reasons ?? []);
      const why = reason === undefined ? '' : ` (${printable(reason)})`;
      return `${nameOf(step)}: ${differenceInWords(step)}; ${VERDICTS[planned.verdict]}${why}`;
    }
    case 'as-wanted':
      return `${nameOf(step)}: as wanted already`;
    case 'ended':
      return `${nameOf(step)}: ${instance?.state ?? 'terminated'}, so there is nothing to do`;
    case 'gone':
      return `${nameOf(step)}: is not there`;
  }
}

/** What became of a change, and whether all is as wanted by now. */
export function resultInWords(
  step: Step,
  { state, instance }: ChangeResult,
): { readonly line: string; readonly isAsWanted: boolean } {
  const head = `${nameOf({ ...step, instance })}, ${step.planned.region}`;
  const what = differenceInWords(step);
  switch (state) {
    case 'applied':
      return { line: `done    ${head}: ${what}`, isAsWanted: true };
    case 'at-start':
      return { line: `done    ${head}: ${what}, which applies when it starts`, isAsWanted: true };
    case 'unchanged':
      return { line: `nothing ${head}: as wanted already`, isAsWanted: true };
    case 'pending':
      return { line: `sent    ${head}: ${what}, and AWS had not finished when the waiting ended`, isAsWanted: false };
  }
}

export const plural = (count: number, what: string): string => `${String(count)} ${what}${count === 1 ? '' : 's'}`;
