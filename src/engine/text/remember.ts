/** Answers that are kept, as the same text is read again and again: the other files of a folder while one is edited, or while all are linted. */

/** Characters of text whose answers are kept. */
const ROOM = 8_000_000;

/** The same function of a text and its name, with the answers for the texts that were asked for last at hand. At most one text of a name. */
export function remembering<T>(
  make: (text: string, name: string) => T,
  room = ROOM,
): (text: string, name: string) => T {
  // In the order of use.
  const known = new Map<string, { readonly text: string; readonly answer: T }>();
  let size = 0;
  return (text, name) => {
    const found = known.get(name);
    if (found) {
      known.delete(name);
      size -= found.text.length;
    }
    const entry = found?.text === text ? found : { text, answer: make(text, name) };
    known.set(name, entry);
    size += text.length;
    for (const [oldest, { text: gone }] of known) {
      if (size <= room || oldest === name) break;
      known.delete(oldest);
      size -= gone.length;
    }
    return entry.answer;
  };
}
