import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FileAccess } from '../engine';

/** Larger than anything that a template is read with. */
const MAX_BYTES = 4 * 1024 * 1024;

function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    // A host on another machine, or an escaped slash.
    return undefined;
  }
}

/** Files of this machine. What cannot be read is as if it were not there; a name that leads to a device or a pipe is not opened. */
export const LOCAL_FILES: FileAccess = {
  read: async (uri) => {
    const file = pathOf(uri);
    if (file === undefined) return undefined;
    try {
      const status = await fs.stat(file);
      if (!status.isFile() || status.size > MAX_BYTES) return undefined;
      return new TextDecoder('utf-8', { fatal: true }).decode(await fs.readFile(file));
    } catch {
      return undefined;
    }
  },
  list: async (folder) => {
    const directory = pathOf(folder);
    if (directory === undefined) return [];
    try {
      const entries = await fs.readdir(directory, { withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile() || entry.isSymbolicLink());
      return files.map(({ name }) => pathToFileURL(path.join(directory, name)).href).sort();
    } catch {
      return [];
    }
  },
};
