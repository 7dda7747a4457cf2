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
