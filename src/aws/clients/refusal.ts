/** Whether AWS certainly did not do what was asked, or would do it. */
import { AwsFailure, ENDS_CALLER } from './failure';

/** With other advice: what has become of a change is known only here. */
export function withAdvice(failure: AwsFailure, advice: string): AwsFailure {
  return new AwsFailure(failure.message, { ...failure.facts, advice }, { cause: failure.cause ?? failure });
}

/** After these AWS has certainly not done what was asked. */
const REFUSALS: ReadonlySet<AwsFailure['facts']['kind']> = new Set([
  ...ENDS_CALLER,
  'denied',
  'throttled',
  'not-found',
  'invalid-request',
  'guard',
]);

/** True where nothing was changed for sure. A refusal of a later try says nothing of the tries before it, whose answers were lost. */
export function isRefusal(error: unknown, { facts }: AwsFailure): boolean {
  return REFUSALS.has(facts.kind) && attemptsOf(error) <= 1;
}

function attemptsOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return 1;
  const { attempts } = error.$metadata as { readonly attempts?: unknown };
  return typeof attempts === 'number' ? attempts : 1;
}

/** True for AWS's word on a request with `DryRun` that it would be allowed, which it says by an error (EC2 API Reference, "Common query parameters"). */
export function wouldBeAllowed(error: unknown): boolean {
  return error instanceof Error && error.name === 'DryRunOperation';
}
