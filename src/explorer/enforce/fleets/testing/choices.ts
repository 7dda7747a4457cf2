/** Random choices, of what somebody may type. */
import fc from '../../../../../test/fast-check';
import { EXECUTION_ROLE, type AutomationChoice, type FleetTarget } from '../automation';
import type { DeclarativeChoice } from '../declarative-policy';
import type { ServiceControlChoice } from '../service-control-policy';

const digits = fc.integer({ min: 0, max: 999_999_999_999 }).map((number) => String(number).padStart(12, '0'));
const word = fc.stringMatching(/^[A-Za-z0-9_.:/=@-][A-Za-z0-9_.:/=@ -]{0,40}$/);
const percentage = (least: number) => fc.integer({ min: least, max: 100 }).map((number) => `${String(number)}%`);
const concurrency = fc.oneof(fc.integer({ min: 1, max: 9999 }).map(String), percentage(1));
const errors = fc.oneof(fc.integer({ min: 0, max: 9999 }).map(String), percentage(0));
const region = fc.constantFrom('eu-central-1', 'us-gov-west-1', 'ap-southeast-2', 'cn-north-1');

const target: fc.Arbitrary<FleetTarget> = fc.oneof(
  fc.record({
    by: fc.constant('tag' as const),
    key: word,
    values: fc.array(fc.string({ minLength: 1, maxLength: 60 }), { minLength: 1, maxLength: 50 }),
  }),
  fc.record({ by: fc.constant('resource-group' as const), name: word }),
  fc.record({
    by: fc.constant('ids' as const),
    ids: fc.array(fc.stringMatching(/^i-[0-9a-f]{17}$/), { minLength: 1, maxLength: 50 }),
  }),
);

export const automationChoice: fc.Arbitrary<AutomationChoice> = fc.record({
  target,
  maxConcurrency: concurrency,
  maxErrors: errors,
  hopLimit: fc.option(fc.integer({ min: 1, max: 64 }), { nil: undefined }),
  assumeRole: fc.option(
    digits.map((account) => `arn:aws:iam::${account}:role/service/Automation`),
    { nil: undefined },
  ),
  locations: fc.option(
    fc.record({
      accounts: fc.array(fc.oneof(digits, fc.constant('ou-ab12-11111111')), { minLength: 1, maxLength: 50 }),
      regions: fc.array(region, { minLength: 1, maxLength: 10 }),
      executionRole: fc.constantFrom(EXECUTION_ROLE, 'path/Role'),
      maxConcurrency: concurrency,
      maxErrors: errors,
    }),
    { nil: undefined },
  ),
});

export const declarativeChoice: fc.Arbitrary<DeclarativeChoice> = fc.record({
  tokens: fc.constantFrom('required' as const, 'optional' as const, 'no_preference' as const),
  hopLimit: fc.option(fc.integer({ min: 1, max: 64 }), { nil: undefined }),
  enforced: fc.boolean(),
  message: fc.option(fc.string(), { nil: undefined }),
});

export const serviceControlChoice: fc.Arbitrary<ServiceControlChoice> = fc
  .record({
    launches: fc.boolean(),
    goingBack: fc.boolean(),
    roleDelivery: fc.boolean(),
    except: fc.array(fc.stringMatching(/^arn:aws:iam::(\*|[0-9]{12}):role\/[A-Za-z0-9_*?]{1,30}$/), { maxLength: 10 }),
    partition: fc.constantFrom('aws', 'aws-cn', 'aws-us-gov'),
  })
  .filter(({ launches, goingBack, roleDelivery }) => launches || goingBack || roleDelivery);
