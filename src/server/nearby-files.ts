import type { FileAccess } from '../engine';
import { isWatchedFile } from './watched-files';

/** Files beside open documents, each read once until it changes; and which document was read with which of them. */
export interface NearbyFiles {
  /** Reads for one document; what it asks for is remembered. */
  accessFor(document: string): FileAccess;
  /** Files that are no longer what they were. Answers which documents were read with them. */
  changed(files: readonly string[]): readonly string[];
  /** The document is closed. */
  forget(document: string): void;
}

/**
 * A client tells about files of the names that it was asked to watch. Others, and all of a client that watches nothing, are read again after so long:
 * a burst of keystrokes reads them once.
 */
const FRESH_MILLISECONDS = 2000;

interface Known<T> {
  readonly answer: Promise<T>;
  readonly until: number;
}

/**
 * @param source reads files and folders
 * @param textOf the text of a document that is open: what its file holds does not count then
 * @param isWatching true where the client tells about changes of files
 */
export function createNearbyFiles(
  source: FileAccess,
  textOf: (uri: string) => string | undefined,
  isWatching: boolean,
  now: () => number = Date.now,
): NearbyFiles {
  const texts = new Map<string, Known<string | undefined>>();
  const folders = new Map<string, Known<readonly string[]>>();
  const readers = new Map<string, Set<string>>();

  const known = <T>(all: Map<string, Known<T>>, name: string, watched: boolean, ask: () => Promise<T>): Promise<T> => {
    const found = all.get(name);
    if (found && found.until > now()) return found.answer;
    const answer = ask();
    all.set(name, { answer, until: watched ? Number.POSITIVE_INFINITY : now() + FRESH_MILLISECONDS });
    return answer;
  };

  const remember = (name: string, document: string): void => {
    const documents = readers.get(name);
    if (documents) documents.add(document);
    else readers.set(name, new Set([document]));
  };

  return {
    accessFor: (document) => ({
      read: (uri) => {
        const name = sameName(uri);
        remember(name, document);
        const open = textOf(uri);
        if (open !== undefined) return Promise.resolve(open);
        return known(texts, name, isWatching && isWatchedFile(uri), () => source.read(uri));
      },
      list: (folder) => {
        const name = sameName(folder).replace(/\/$/, '');
        remember(name, document);
        return known(folders, name, isWatching, () => source.list(folder));
      },
    }),
    changed: (files) => {
      const touched = new Set<string>();
      for (const file of files) {
        const name = sameName(file);
        const folder = name.slice(0, Math.max(0, name.lastIndexOf('/')));
        texts.delete(name);
        folders.delete(folder);
        for (const each of [name, folder]) for (const document of readers.get(each) ?? []) touched.add(document);
        touched.delete(file);
      }
      return [...touched];
    },
    forget: (document) => {
      for (const [name, documents] of readers) {
        documents.delete(document);
        if (documents.size > 0) continue;
        readers.delete(name);
        texts.delete(name);
        folders.delete(name);
      }
    },
  };
}

/** Editors escape more of a URI than Node.js does (`file:///c%3A/`), and mean the same. */
function sameName(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
