/** Who wants to hear of something. */
import type { Disposable } from './aws';

export interface Listeners<T> {
  add(listener: (event: T) => void): Disposable;
  tell(event: T): void;
  count(): number;
}

/** @param counted called whenever somebody came or went */
export function listeners<T>(counted: (count: number) => void = () => undefined): Listeners<T> {
  // One function may listen twice.
  const all = new Set<{ readonly hear: (event: T) => void }>();
  return {
    add: (hear) => {
      const entry = { hear };
      all.add(entry);
      counted(all.size);
      return {
        dispose: () => {
          if (all.delete(entry)) counted(all.size);
        },
      };
    },
    tell: (event) => {
      for (const { hear } of [...all]) hear(event);
    },
    count: () => all.size,
  };
}
