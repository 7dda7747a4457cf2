import type { Connection } from 'vscode-languageserver';
import type { FileAccess, GrammarSource } from '../engine';
import { LIST_FOLDER_METHOD, READ_FILE_METHOD, READ_GRAMMAR_METHOD } from './protocol';

/** Files as the client sees them: in a browser, or of a workspace that lies in no file system. */
export function filesOfClient(connection: Connection): FileAccess {
  return {
    read: async (uri) => {
      const text: unknown = await ask(connection, READ_FILE_METHOD, uri);
      return typeof text === 'string' ? text : undefined;
    },
    list: async (folder) => {
      const files: unknown = await ask(connection, LIST_FOLDER_METHOD, folder);
      return Array.isArray(files) ? files.filter((file) => typeof file === 'string') : [];
    },
  };
}

/** Grammars from the client, who knows where the extension lies. @throws Error where it has none */
export function grammarsOfClient(connection: Connection): GrammarSource {
  return async (file) => {
    const base64: unknown = await connection.sendRequest(READ_GRAMMAR_METHOD, file);
    if (typeof base64 !== 'string') throw new Error(`The client has no ${file}.wasm.`);
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  };
}

/** Undefined where the client does not know, or is on its way out. */
async function ask(connection: Connection, method: string, uri: string): Promise<unknown> {
  try {
    return await connection.sendRequest(method, uri);
  } catch {
    return undefined;
  }
}
