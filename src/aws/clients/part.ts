/** An answer of several that are asked for at once: who may not read one may still read the others. */
import type { Session } from '../identity/session';
import { explainFailure } from './explain-failure';
import type { AwsFailure } from './failure';

export type Part<T> =
  { readonly is: 'read'; readonly value: T } | { readonly is: 'failed'; readonly failure: AwsFailure };

/**
 * That it failed is an answer, unless the work was given up.
 * @throws AwsFailure of kind `cancelled`
 */
export async function partOf<T>(session: Session, operation: string, read: () => Promise<T>): Promise<Part<T>> {
  try {
    return { is: 'read', value: await read() };
  } catch (error) {
    const failure = explainFailure(error, { ...session, operation });
    if (failure.facts.kind === 'cancelled') throw failure;
    return { is: 'failed', failure };
  }
}
