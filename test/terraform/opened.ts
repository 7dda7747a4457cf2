/** The engine over Terraform as tests hand it in: files by name, of which one is open. */
import { createEngine, type Document, type Engine } from '../../src/engine';
import { MODULE_GRAMMARS } from '../module-grammars';

export const engine: Engine = createEngine(MODULE_GRAMMARS);

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
