import { factsOf } from '../model/failure-node';

/** True where somebody gave up what a command was doing: of ours, or of what waits with an `AbortSignal`. */
export function isCancellation(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || factsOf(error)?.kind === 'cancelled');
}
