/** The engine over Terraform as tests hand it in: files by name, of which one is open. */
import { readFileSync } from 'node:fs';
import { createEngine, type Document, type Engine } from '../../src/engine';

const MODULES = new URL('../../node_modules/', import.meta.url);
const FILES = {
  'tree-sitter': 'web-tree-sitter/web-tree-sitter.wasm',
  powershell: 'tree-sitter-powershell/tree-sitter-powershell.wasm',
} as const;

export const engine: Engine = createEngine((file) =>
  Promise.resolve(new Uint8Array(readFileSync(new URL(FILES[file], MODULES)))),
);

const FOLDER = 'file:///project/';

/** A file, read with others beside it. */
export async function open(
  text: string,
  others: Readonly<Record<string, string>> = {},
  name = 'main.tf',
): Promise<Document> {
  const files = new Map(Object.entries(others).map(([path, content]) => [FOLDER + path, content]));
  return engine.prepare(
    { uri: FOLDER + name, text },
    {
      read: (uri) => Promise.resolve(files.get(uri)),
      list: (folder) =>
        Promise.resolve(
          [...files.keys()].filter((uri) => uri.startsWith(folder) && !uri.slice(folder.length).includes('/')),
        ),
    },
  );
}
