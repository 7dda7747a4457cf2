import { FileType, Uri, workspace } from 'vscode';
import type { LanguageClient, StaticFeature } from 'vscode-languageclient/node';
import { LIST_FOLDER_METHOD, READ_FILE_METHOD } from '../server/protocol';

/** Larger than anything that a template is read with. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Reads files for the server that lie in no file system of its machine: a workspace of GitHub's, say. */
export function serveFiles(client: LanguageClient): void {
  client.registerFeature(FILES_FEATURE);
  client.onRequest(READ_FILE_METHOD, readText);
  client.onRequest(LIST_FOLDER_METHOD, listFiles);
}

const FILES_FEATURE: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    capabilities.experimental = { ...(capabilities.experimental as object | undefined), ec2WardenFiles: true };
  },
  initialize: () => undefined,
  getState: () => ({ kind: 'static' }),
  clear: () => undefined,
};

async function readText(name: string): Promise<string | null> {
  try {
    const uri = Uri.parse(name, true);
    const { type, size } = await workspace.fs.stat(uri);
    if ((type & FileType.File) === 0 || size > MAX_BYTES) return null;
    return new TextDecoder('utf-8', { fatal: true }).decode(await workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    const uri = Uri.parse(folder, true);
    const entries = await workspace.fs.readDirectory(uri);
    const files = entries.filter(([, type]) => (type & FileType.File) !== 0);
    return files.map(([name]) => Uri.joinPath(uri, name).toString()).sort();
  } catch {
    return [];
  }
}
