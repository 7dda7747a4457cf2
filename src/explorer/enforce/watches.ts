/** Which instances are being watched, for the nodes to say so and for menus to stop it. */
import type { Session } from '../../aws';
import { instanceKey } from './marks';
import { watchRefused, type WatchOutcome, type WatchTools } from './watch';

export interface Watches {
  /** Watches until something is refused, time is up or it is stopped; undefined where it is watched already. */
  readonly begin: (session: Session, instance: string) => Promise<WatchOutcome | undefined>;
  readonly stop: (session: Session, instance: string) => void;
  readonly isWatched: (session: Session, instance: string) => boolean;
  /** Ends all of them: nothing is asked of AWS afterwards. */
  readonly dispose: () => void;
}

/** @param changed called when a watch began or ended */
export function createWatches(tools: () => Promise<WatchTools>, changed: () => void): Watches {
  const running = new Map<string, AbortController>();
  return {
    begin: async (session, instance) => {
      const key = instanceKey(session, instance);
      if (running.has(key)) return undefined;
      const abort = new AbortController();
      running.set(key, abort);
      changed();
      try {
        return await watchRefused(await tools(), session, instance, abort.signal);
      } finally {
        running.delete(key);
        changed();
      }
    },
    stop: (session, instance) => running.get(instanceKey(session, instance))?.abort(),
    isWatched: (session, instance) => running.has(instanceKey(session, instance)),
    dispose: () => {
      for (const abort of running.values()) abort.abort();
    },
  };
}

/** Waits, or comes back at once when the signal is given. */
export function untilAborted(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
