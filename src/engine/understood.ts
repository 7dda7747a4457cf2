/** Programs that were understood before: while somebody types in one script of a template, its others stay what they are. */
import type { Grammars } from './grammar/grammars';
import type { Script } from './hosts/host';
import type { Surroundings } from './hosts/surroundings';
import { LANGUAGES } from './languages';
import type { Language } from './program/language';
import { isLiteral, type Value } from './program/value';

type Understood = ReturnType<Language['understand']>;

/** Programs of more documents than these are forgotten, those of the one that was read the longest ago first. */
const MOST_DOCUMENTS = 4;
/** Programs beyond these characters of a document are not kept: what is known of one takes some fifty times as much. */
const MOST_CHARACTERS = 300_000;

type Programs = ReadonlyMap<string, Understood>;

/**
 * What is known of the scripts of the documents that were read last. Each document has a map of its own, which its next version replaces: the versions of
 * a script that somebody types in are never met again, and with some of them at hand, or with one map for all (its old tables lead from each version to
 * the next), the collector of garbage had to copy all of them, which took a third of every keystroke.
 */
interface Memory {
  readonly documents: Map<string, Programs>;
  /** Those of the document that is being read. */
  current: Map<string, Understood>;
  characters: number;
  /** Those of files beside documents, which stay what they are while somebody types in one. */
  distant: Map<string, Understood>;
  distantCharacters: number;
}

/** What is understood depends on the grammars that are at hand, besides the script itself. */
const memories = new WeakMap<Grammars, Memory>();

function memoryWith({ grammars }: Surroundings): Memory {
  let memory = memories.get(grammars);
  if (!memory) {
    memory = { documents: new Map(), current: new Map(), characters: 0, distant: new Map(), distantCharacters: 0 };
    memories.set(grammars, memory);
  }
  return memory;
}

/** Reads a document by `body`; the scripts that it understands are at hand when the document, or another that has them, is read again. */
export function remembering<T>(name: string, surroundings: Surroundings, body: () => T): T {
  const memory = memoryWith(surroundings);
  const { documents } = memory;
  memory.current = new Map();
  memory.characters = 0;
  try {
    return body();
  } finally {
    // The last that was read stands last; one that stands there already is not moved, so that the map need not grow.
    if (Array.from(documents.keys()).at(-1) !== name) documents.delete(name);
    documents.set(name, memory.current);
    for (const oldest of documents.keys()) {
      if (documents.size <= MOST_DOCUMENTS) break;
      documents.delete(oldest);
    }
  }
}

/** Reads a text of a file beside a document by `body`, at any time; what it understands is at hand until there is too much of it. */
export function rememberingDistant<T>(surroundings: Surroundings, body: () => T): T {
  const memory = memoryWith(surroundings);
  const { current, characters } = memory;
  memory.current = memory.distant;
  memory.characters = memory.distantCharacters;
  try {
    return body();
  } finally {
    const isFull = memory.characters > 0.9 * MOST_CHARACTERS;
    if (isFull) memory.distant = new Map();
    memory.distantCharacters = isFull ? 0 : memory.characters;
    memory.current = current;
    memory.characters = characters;
  }
}

/** What a script does, by its text alone: where it lies counts for nothing. Undefined where its language is not known. */
export function understand(script: Script, surroundings: Surroundings): Understood | undefined {
  const language = LANGUAGES[script.language];
  const key = language && keyOf(script, surroundings);
  if (key === undefined) return language?.understand(script, surroundings);
  const memory = memoryWith(surroundings);
  const understood = recall(memory, key) ?? language?.understand(script, surroundings);
  if (understood && !memory.current.has(key) && memory.characters + key.length <= MOST_CHARACTERS) {
    memory.current.set(key, understood);
    memory.characters += key.length;
  }
  return understood;
}

function recall({ documents, current }: Memory, key: string): Understood | undefined {
  const known = current.get(key);
  if (known) return known;
  for (const programs of documents.values()) {
    const understood = programs.get(key);
    if (understood) return understood;
  }
  return undefined;
}

/** The same for scripts that are understood alike; undefined where that cannot be told. */
function keyOf({ language, text, oneLine, placeholders }: Script, { grammars }: Surroundings): string | undefined {
  const values: unknown[] = [];
  for (const [character, value] of placeholders ?? []) {
    if (!isPlain(value)) return undefined;
    values.push(character, value);
  }
  // The text goes last, as it is: nothing has to say where it ends.
  return `${JSON.stringify([language, oneLine === true, grammars.isLoaded('powershell'), values])}${text}`;
}

/** True where a value says nothing of places, which are others in every document. */
function isPlain(value: Value): boolean {
  return value.every((parts) =>
    parts.every((part) => (isLiteral(part) ? !part.via && !part.set : part.place === undefined)),
  );
}
