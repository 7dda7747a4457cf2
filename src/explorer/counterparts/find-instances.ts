/** Which of the loaded instances run a script: by tags and names at once, by user data as it comes. */
import pMap from 'p-map';
import type { Session } from '../../aws';
import type { ShownDeclarations } from '../../server/protocol';
import type { LoadedInstance } from './loaded';
import { rankOf, tieTo, type Tie } from './ties';

/** There is one call an instance, and a person who waits. */
const AT_ONCE = 6;
export const MOST_READ = 300;

/** User data, decoded; undefined where there is none. @throws Error where it cannot be read */
export type ReadUserData = (session: Session, id: string, signal: AbortSignal) => Promise<string | undefined>;

export interface FoundInstance extends LoadedInstance {
  readonly tie: Tie;
}

export interface Found {
  /** The surest first. */
  readonly instances: readonly FoundInstance[];
  /** How many there were whose user data was not compared: too many, or not readable. */
  readonly uncompared: number;
  /** Why user data could not be read, where it could not. */
  readonly failure: string | undefined;
}

/**
 * @param report told how many were looked at
 * @throws AbortError when the signal says so
 */
export async function findInstances(
  target: ShownDeclarations,
  loaded: readonly LoadedInstance[],
  read: ReadUserData,
  signal: AbortSignal,
  report: (done: number, all: number) => void,
): Promise<Found> {
  const found = new Map<LoadedInstance, Tie>();
  const look = (instance: LoadedInstance, userData: string | undefined): void => {
    const { name, tags } = instance.record;
    const tie = tieTo(target, { name, tags, userData });
    if (tie) found.set(instance, tie);
  };
  for (const instance of loaded) look(instance, undefined);
  // Those that are tied already come first: of them one wants to be sure.
  const waiting = [...found.keys(), ...loaded.filter((instance) => !found.has(instance))];
  const wanted = target.userData.length === 0 ? [] : waiting.slice(0, MOST_READ);
  let failure: string | undefined;
  let failed = 0;
  let done = 0;
  const compare = async (instance: LoadedInstance): Promise<void> => {
    try {
      look(instance, await read(instance.session, instance.record.id, signal));
    } catch (error) {
      signal.throwIfAborted();
      failed += 1;
      failure ??= error instanceof Error ? error.message : String(error);
    }
    done += 1;
    report(done, wanted.length);
  };
  await pMap(wanted, compare, { concurrency: AT_ONCE, signal });
  return {
    instances: [...found]
      .map(([instance, tie]) => ({ ...instance, tie }))
      .sort((a, b) => rankOf(a.tie) - rankOf(b.tie) || nameOf(a).localeCompare(nameOf(b))),
    uncompared: target.userData.length === 0 ? 0 : waiting.length - wanted.length + failed,
    failure,
  };
}

function nameOf({ record }: LoadedInstance): string {
  return record.name ?? record.id;
}
