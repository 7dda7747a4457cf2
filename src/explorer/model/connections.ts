/** Profiles and the sessions they have here, each region with an inventory of its own. */
import type { Aws, Profile, Session } from '../../aws';
import { sessionKey } from '../../aws/identity/session';
import { createInventory, type Inventory, type InventoryEvents } from './inventory';

/** How far a profile has got. */
export type Connection =
  | { readonly is: 'idle' }
  | { readonly is: 'connecting'; readonly done: Promise<void>; readonly cancel: () => void }
  | { readonly is: 'connected'; readonly session: Session; readonly alias: string | undefined }
  | { readonly is: 'failed'; readonly error: unknown };

export interface ProfileConnection {
  readonly connection: () => Connection;
  /** Connects where it is not; settles when it is connected or has failed. Never rejects. `renew` asks anew although a session stands. */
  readonly connect: (renew?: boolean) => Promise<void>;
  /** Takes all of it back, as when the profile has changed: what is still on its way gets nowhere. */
  readonly reset: () => void;
  /** The inventory of a region; undefined unless connected. */
  readonly inventory: (region: string) => Inventory | undefined;
  readonly inventories: () => readonly Inventory[];
}

export interface ConnectionEvents {
  /** The connection changed. */
  readonly changed: () => void;
  readonly inventoryEvents: (session: Session) => InventoryEvents;
}

export function createConnection(aws: Aws, profile: Profile, events: ConnectionEvents): ProfileConnection {
  let now: Connection = { is: 'idle' };
  let inventories = new Map<string, Inventory>();
  /** Counts changes of mind: what was begun under an older number has no effect. */
  let generation = 0;

  const drop = (): void => {
    for (const inventory of inventories.values()) inventory.cancel();
    inventories = new Map();
  };

  const connected = (session: Session): void => {
    const before = now.is === 'connected' ? now.session : undefined;
    if (before === undefined || sessionKey(before) !== sessionKey(session)) drop();
    now = { is: 'connected', session, alias: undefined };
    const mine = generation;
    aws.accountAlias(session).then(
      (alias) => {
        if (mine !== generation || now.is !== 'connected' || alias === undefined) return;
        now = { ...now, alias };
        events.changed();
      },
      // The account's number is enough.
      () => undefined,
    );
  };

  const connect = async (renew = false): Promise<void> => {
    if (now.is === 'connected' && !renew) return;
    if (now.is === 'connecting') return now.done;
    generation += 1;
    const mine = generation;
    const abort = new AbortController();
    const work = async (): Promise<void> => {
      try {
        const session = await aws.connect(profile.name, { signal: abort.signal, renew });
        if (mine === generation) connected(session);
      } catch (error) {
        if (mine !== generation) return;
        drop();
        now = { is: 'failed', error };
      }
      if (mine === generation) events.changed();
    };
    const done = work();
    now = { is: 'connecting', done, cancel: () => abort.abort() };
    return done;
  };

  return {
    connection: () => now,
    connect,
    reset: () => {
      generation += 1;
      if (now.is === 'connecting') now.cancel();
      drop();
      now = { is: 'idle' };
      events.changed();
    },
    inventory: (region) => {
      if (now.is !== 'connected') return undefined;
      const known = inventories.get(region);
      if (known !== undefined) return known;
      const session = now.session.region === region ? now.session : aws.inRegion(now.session, region);
      const made = createInventory(aws, session, events.inventoryEvents(session));
      inventories.set(region, made);
      return made;
    },
    inventories: () => [...inventories.values()],
  };
}
