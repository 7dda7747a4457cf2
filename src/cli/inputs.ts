import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Problem, reason } from './fault';
import { walk } from './walk';

/** One text to lint. */
export interface Input {
  /** As shown to people: as it was named. */
  readonly file: string;
  /** For the engine. */
  readonly uri: string;
  /** Absolute, with symbolic links resolved; undefined for standard input. */
  readonly path: string | undefined;
  /** Named itself, not found in a folder: then it has to be a text. */
  readonly named: boolean;
}

/** What paths on the command line stand for: each file once, in the order given. What is not there goes to `problems`. */
export function findInputs(
  paths: readonly string[],
  cwd: string,
  stdinFilename: string | undefined,
  problems: Problem[],
): readonly Input[] {
  const inputs = new Map<string, Input>();
  const add = (input: Input): void => {
    const key = input.path ?? '-';
    const other = inputs.get(key);
    if (other === undefined || (input.named && !other.named)) inputs.set(key, input);
  };
  for (const given of paths) {
    if (given === '-') {
      add(standardInput(cwd, stdinFilename));
      continue;
    }
    const shown = path.normalize(given);
    try {
      const absolute = path.resolve(cwd, given);
      const status = fs.statSync(absolute);
      // A pipe, such as bash's <(...), has no real path.
      const real = status.isFile() || status.isDirectory() ? fs.realpathSync.native(absolute) : absolute;
      if (status.isDirectory()) {
        for (const found of walk(real, shown, problems)) {
          add({ file: found.shown, uri: pathToFileURL(found.path).href, path: found.path, named: false });
        }
      } else {
        add({ file: shown, uri: pathToFileURL(absolute).href, path: real, named: true });
      }
    } catch (error) {
      problems.push({ file: shown, message: `cannot be read: ${reason(error)}` });
    }
  }
  return [...inputs.values()];
}

function standardInput(cwd: string, filename: string | undefined): Input {
  return {
    file: filename === undefined ? '<stdin>' : path.normalize(filename),
    uri: filename === undefined ? 'untitled:stdin' : pathToFileURL(path.resolve(cwd, filename)).href,
    path: undefined,
    named: true,
  };
}
