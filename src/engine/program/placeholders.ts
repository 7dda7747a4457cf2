import type { Value } from './value';

/** Private use, so that no script means anything by it. */
const FIRST = 0xe000;

/** Characters that stand in a script for what its host, or an outer shell, puts in, with what is known of it. */
export interface Placeholders {
  readonly values: ReadonlyMap<string, Value>;
  /** A new character that stands for `value`. */
  add(value: Value): string;
}

/** A table that has what `outer` has. */
export function placeholderTable(outer?: ReadonlyMap<string, Value>): Placeholders {
  const values = new Map(outer);
  return {
    values,
    add: (value) => {
      const character = String.fromCharCode(FIRST + values.size);
      values.set(character, value);
      return character;
    },
  };
}
