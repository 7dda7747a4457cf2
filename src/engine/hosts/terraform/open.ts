/** The configuration that a document is part of. */
import type { Body } from '../hcl/syntax';
import { folderOf } from '../hcl/paths';
import type { HostDocument } from '../host';
import type { Surroundings } from '../surroundings';
import { readConfiguration } from './files';
import { readModule, type Module } from './module';

/** How much of a configuration is followed. */
const EFFORT = 60_000;

export interface Opened {
  readonly body: Body;
  readonly module: Module;
}

let last:
  | {
      readonly document: Pick<HostDocument, 'name' | 'text'>;
      readonly files: ReadonlyMap<string, string>;
      readonly opened: Opened;
    }
  | undefined;

/** Reads a document with the files beside it that `isPart` says are of the same configuration. */
export function openConfiguration(
  document: HostDocument,
  { files }: Surroundings,
  isPart: (uri: string) => boolean,
): Opened | undefined {
  const { name, text } = document;
  // The same document is asked for its scripts and for its resources.
  if (last?.document.text === text && last.document.name === name && last.files === files) return last.opened;
  const body = readConfiguration(text, name);
  if (!body) return undefined;
  const bodies = [body];
  for (const [uri, content] of files) {
    if (uri === name || !isPart(uri)) continue;
    const other = readConfiguration(content, uri);
    if (other) bodies.push(other);
  }
  const module = readModule(folderOf(name), { bodies, files, work: { left: EFFORT, depth: 0 } });
  const opened = { body, module };
  last = { document: { name, text }, files, opened };
  return opened;
}
