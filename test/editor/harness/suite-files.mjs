import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../scripts/paths.mjs';

/** Where the suites are. */
export const SUITES = join(ROOT, 'test/editor/suites');

/** The suites that there are, by their names. */
export function suiteNames() {
  return readdirSync(SUITES)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length));
}

/** The folder that a suite is run on, from the root: test/editor/workspaces/<its name> when there is one, else the sample. @param {string} name */
export function workspaceOf(name) {
  const own = `test/editor/workspaces/${name}`;
  return existsSync(join(ROOT, own)) ? own : 'samples/workspace';
}
