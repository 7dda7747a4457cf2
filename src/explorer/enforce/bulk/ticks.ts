/**
 * Tells what somebody ticks in a list from the list's own echo. While a list is filled it is told again and again which lines are ticked; it says each of these
 * states back, later, and none at all in between, as new lines are not ticked at first.
 */
export interface Ticks {
  /** The list is told that these are ticked. */
  readonly told: (keys: ReadonlySet<string>) => void;
  /** The list says that these are ticked. Gives what somebody did; undefined for an echo. */
  readonly seen: (keys: ReadonlySet<string>) => Doing | undefined;
}

export interface Doing {
  readonly ticked: readonly string[];
  readonly unticked: readonly string[];
}

/** Milliseconds after which no echo is waited for any more: a state that the list is in already has none. */
const LATEST_ECHO = 1000;

const wordFor = (keys: ReadonlySet<string>): string => JSON.stringify([...keys].sort());

export function createTicks(now: () => number): Ticks {
  /** States that the list was told and has not said back, oldest first. */
  let awaited: readonly { readonly state: string; readonly at: number }[] = [];
  let last: ReadonlySet<string> = new Set();
  return {
    told: (keys) => {
      awaited = [...awaited, { state: wordFor(keys), at: now() }];
    },
    seen: (keys) => {
      const before = last;
      last = keys;
      awaited = awaited.filter(({ at }) => now() - at <= LATEST_ECHO);
      const state = wordFor(keys);
      const echoed = awaited.findIndex((each) => each.state === state);
      if (echoed >= 0) {
        awaited = awaited.slice(echoed + 1);
        return undefined;
      }
      if (keys.size === 0 && awaited.length > 0) return undefined;
      const doing = {
        ticked: [...keys].filter((key) => !before.has(key)),
        unticked: [...before].filter((key) => !keys.has(key)),
      };
      return doing.ticked.length + doing.unticked.length === 0 ? undefined : doing;
    },
  };
}
