import * as fs from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as path from 'node:path';
import type { FileAccess } from '../engine';
import { readSource } from './source';

function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    // A host on another machine, or an escaped slash.
    return undefined;
  }
}

/** Files of this machine, for what lies beside a template. What cannot be read is as if it were not there. */
export const localFiles: FileAccess = {
  read: async (uri) => {
    const file = pathOf(uri);
    // Most that is asked for is not there, and an error takes long to make.
    if (file === undefined || !fs.existsSync(file)) return undefined;
    try {
      return (await readSource(file)).text;
    } catch {
      return undefined;
    }
  },
  list: (folder) => {
    const directory = pathOf(folder);
    if (directory === undefined) return Promise.resolve([]);
    try {
      const entries = fs.readdirSync(directory, { withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile() || entry.isSymbolicLink());
      return Promise.resolve(files.map(({ name }) => pathToFileURL(path.join(directory, name)).href).sort());
    } catch {
      return Promise.resolve([]);
    }
  },
};

/** Characters of text that are kept, so that a run over any number of files ends. */
const ROOM = 64_000_000;

/** The same files, each folder and each text read once: what lies beside one file of a run lies beside others of it too. */
export function readOnce(files: FileAccess): FileAccess {
  const texts = new Map<string, Promise<string | undefined>>();
  const folders = new Map<string, Promise<readonly string[]>>();
  let size = 0;
  const read = async (uri: string): Promise<string | undefined> => {
    const text = await files.read(uri);
    size += text?.length ?? 0;
    if (size > ROOM) {
      texts.clear();
      size = 0;
    }
    return text;
  };
  return {
    read: (uri) => {
      const text = texts.get(uri) ?? read(uri);
      texts.set(uri, text);
      return text;
    },
    list: (folder) => {
      const entries = folders.get(folder) ?? files.list(folder);
      folders.set(folder, entries);
      return entries;
    },
  };
}
