import { sameEvidence, type Evidence } from './evidence';
import type { Printed } from './printed';
import { concat, EMPTY, join, UNKNOWN, type Value } from '../program/value';

/** What running something gave. */
export interface Outcome {
  /** Its standard output. */
  readonly output: Value;
  /** The syntax of what it printed, in order, for a script that is written by a script. */
  readonly printed: readonly Printed[];
  /** What its success tells of a token. */
  readonly evidence: Evidence | undefined;
}

export const NOTHING: Outcome = { output: EMPTY, printed: [], evidence: undefined };
export const UNKNOWN_OUTPUT: Outcome = { output: UNKNOWN, printed: [{ kind: 'unknown' }], evidence: undefined };

/** One after the other; the last decides the exit status. */
export function sequence(first: Outcome, second: Outcome): Outcome {
  if (first === NOTHING) return second;
  return {
    output: concat(first.output, second.output),
    printed: second.printed.length ? [...first.printed, ...second.printed] : first.printed,
    evidence: second.evidence,
  };
}

/** One or the other. */
export function either(first: Outcome, second: Outcome): Outcome {
  return {
    output: first.output === second.output ? first.output : join(first.output, second.output),
    // What both begin with is printed once: `a || b || c` would double it each time.
    printed: [...new Set([...first.printed, ...second.printed])],
    evidence: sameEvidence(first.evidence, second.evidence) ? first.evidence : undefined,
  };
}
