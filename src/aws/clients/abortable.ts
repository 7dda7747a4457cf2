/** Waiting that can be given up. */
import { AwsFailure } from './failure';

export function cancelled(): AwsFailure {
  return new AwsFailure('Cancelled.', {
    kind: 'cancelled',
    action: 'none',
    advice: 'Nothing was changed by cancelling.',
  });
}

/** @throws AwsFailure of kind `cancelled` once the signal is given, whatever becomes of the work */
export async function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  if (signal.aborted) {
    work.catch(() => undefined);
    throw cancelled();
  }
  let stop = (): void => undefined;
  const given = new Promise<never>((_resolve, reject) => {
    stop = () => reject(cancelled());
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, given]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Lets everything else have its turn. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
