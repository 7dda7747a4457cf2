/** Programs that were understood before: while somebody types in one script of a template, its others stay what they are. */
import type { Grammars } from './grammar/grammars';
import type { Script } from './hosts/host';
import type { Surroundings } from './hosts/surroundings';
import { LANGUAGES } from './languages';
import type { Language } from './program/language';
import { isLiteral, type Value } from './program/value';

type Understood = ReturnType<Language['understand']>;

/** Kept in characters of all scripts together; what is known of one takes some fifty times as much. */
const MOST_KEPT = 300_000;

interface Kept {
  readonly programs: Map<string, Understood>;
  characters: number;
}

/** What is understood depends on the grammars that are at hand, besides the script itself. */
const keptWith = new WeakMap<Grammars, Kept>();

/** What a script does, by its text alone: where it lies counts for nothing. Undefined where its language is not known. */
export function understand(script: Script, surroundings: Surroundings): Understood | undefined {
  const language = LANGUAGES[script.language];
  const key = language && keyOf(script, surroundings);
  if (key === undefined) return language?.understand(script, surroundings);
  const kept = keptWith.get(surroundings.grammars) ?? { programs: new Map<string, Understood>(), characters: 0 };
  keptWith.set(surroundings.grammars, kept);
  const known = kept.programs.get(key);
  const understood = known ?? language?.understand(script, surroundings);
  if (!understood) return undefined;
  // The last that were asked for stand last.
  if (known) kept.programs.delete(key);
  else kept.characters += key.length;
  kept.programs.set(key, understood);
  for (const oldest of kept.programs.keys()) {
    if (kept.characters <= MOST_KEPT) break;
    kept.programs.delete(oldest);
    kept.characters -= oldest.length;
  }
  return understood;
}

/** The same for scripts that are understood alike; undefined where that cannot be told. */
function keyOf({ language, text, oneLine, placeholders }: Script, { grammars }: Surroundings): string | undefined {
  const values: unknown[] = [];
  for (const [character, value] of placeholders ?? []) {
    if (!isPlain(value)) return undefined;
    values.push(character, value);
  }
  return JSON.stringify([language, oneLine === true, grammars.isLoaded('powershell'), values, text]);
}

/** True where a value says nothing of places, which are others in every document. */
function isPlain(value: Value): boolean {
  return value.every((parts) =>
    parts.every((part) => (isLiteral(part) ? !part.via && !part.set : part.place === undefined)),
  );
}
