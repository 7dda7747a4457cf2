import type { Aws, Session } from '../../aws';
import { sessionKey } from '../../aws/identity/session';
import type { ReadUserData } from './find-instances';

/** User data hardly ever changes, and who asks for one script asks for the next. */
const FRESH_MS = 5 * 60_000;
const MOST_KEPT = 1000;

export interface UserDataReader {
  readonly read: ReadUserData;
  /** What was read before, without asking. */
  readonly known: (session: Session, id: string) => string | undefined;
}

/** Reads user data, each once in a while. */
export function createUserDataReader(aws: () => Promise<Pick<Aws, 'userData'>>, now: () => number): UserDataReader {
  const kept = new Map<string, { readonly text: string | undefined; readonly until: number }>();
  return {
    read: async (session, id, signal) => {
      const key = `${sessionKey(session)} ${id}`;
      const before = kept.get(key);
      if (before !== undefined && before.until > now()) return before.text;
      const { text } = await (await aws()).userData(session, id, { signal });
      kept.delete(key);
      kept.set(key, { text, until: now() + FRESH_MS });
      for (const oldest of kept.keys()) {
        if (kept.size <= MOST_KEPT) break;
        kept.delete(oldest);
      }
      return text;
    },
    known: (session, id) => kept.get(`${sessionKey(session)} ${id}`)?.text,
  };
}
