/** Reads a plan, which may come from anywhere: nothing of it is taken over that is not what a plan says. */
import { list, notEmpty, object, oneOf, text, textLike, whole } from './shape';
import { PLAN_VERDICTS, PLAN_VERSION, type Plan } from './plan';

/** Ids of instances: eight hexadecimal digits of old, seventeen since 2016. */
export const INSTANCE_ID = /^i-[0-9a-f]{8,17}$/;
export const ACCOUNT_ID = /^[0-9]{12}$/;
/** `eu-central-1`, `us-gov-west-1`, `eusc-de-east-1`. */
export const REGION_NAME = /^[a-z]{2,5}(-[a-z]{2,12}){1,3}-[0-9]{1,2}$/;
export const UTC_TIME = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z$/;

/** API_ModifyInstanceMetadataOptions. */
const OPTIONS = object(
  {},
  {
    tokens: oneOf(['optional', 'required']),
    endpoint: oneOf(['enabled', 'disabled']),
    hopLimit: whole(1, 64),
    ipv6: oneOf(['enabled', 'disabled']),
    instanceTags: oneOf(['enabled', 'disabled']),
  },
);

const CHANGE = object(
  {
    instance: textLike(INSTANCE_ID, 'the id of an instance, such as i-0123456789abcdef0'),
    account: textLike(ACCOUNT_ID, 'an account id of twelve digits'),
    region: textLike(REGION_NAME, 'the name of a region, such as eu-central-1'),
    before: OPTIONS,
    set: notEmpty(OPTIONS),
    verdict: oneOf(PLAN_VERDICTS),
  },
  { name: text, reasons: list(text) },
);

const PLAN = object(
  {
    version: oneOf([PLAN_VERSION]),
    createdAt: textLike(UTC_TIME, 'a time in UTC, such as 2026-11-22T12:00:00Z'),
    account: textLike(ACCOUNT_ID, 'an account id of twelve digits'),
    regions: list(textLike(REGION_NAME, 'the name of a region, such as eu-central-1')),
    changes: list(CHANGE),
  },
  {},
);

export type ReadPlan = { readonly plan: Plan } | { readonly problems: readonly string[] };

/** The plan that a text holds, or a sentence for each thing that is wrong with it. */
export function readPlan(source: string): ReadPlan {
  let data: unknown;
  try {
    data = JSON.parse(source.startsWith('\ufeff') ? source.slice(1) : source);
  } catch (error) {
    return { problems: [`It is not JSON: ${error instanceof Error ? error.message : String(error)}.`] };
  }
  const newer = newerVersion(data);
  if (newer !== undefined) {
    return {
      problems: [
        `It is a plan of version ${newer}, and version ${String(PLAN_VERSION)} is read: use a newer EC2 Warden.`,
      ],
    };
  }
  const problems = PLAN(data, 'the plan');
  if (problems.length > 0) return { problems };
  // All of its shape has just been looked at.
  const plan = data as Plan;
  const contradictions = contradictionsOf(plan);
  return contradictions.length > 0 ? { problems: contradictions } : { plan };
}

function newerVersion(data: unknown): string | undefined {
  const version = typeof data === 'object' && data !== null && 'version' in data ? data.version : undefined;
  return typeof version === 'number' && version > PLAN_VERSION ? String(version) : undefined;
}

/** What each part allows and the whole does not. */
function contradictionsOf({ account, regions, changes }: Plan): readonly string[] {
  const seen = new Set<string>();
  return changes.flatMap((change, index) => {
    const path = `changes[${String(index)}]`;
    const key = `${change.region} ${change.instance}`;
    const isDouble = seen.has(key);
    seen.add(key);
    return [
      ...(change.account === account ? [] : [`${path}.account must be ${account}: a plan is of one account.`]),
      ...(regions.includes(change.region) ? [] : [`${path}.region is not among the regions of the plan.`]),
      ...(isDouble ? [`${path} is about ${change.instance} for the second time.`] : []),
    ];
  });
}
