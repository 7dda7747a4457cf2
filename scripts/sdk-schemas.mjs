// Lets esbuild leave out what nobody asks AWS for. The SDK describes every operation's input and output as a nested array; one that has a computed key in it
// (`{ [_xN]: _Fil }`) looks to esbuild as if evaluating it could do something, so that all of EC2's stay: 0.5 MB, evaluated on each start.
import { readFile } from 'node:fs/promises';

/** A description, from its name to the end of its array; those of one line and those of several. */
const DESCRIPTION = /^((?:export )?var [\w$]+ = )(\[[^;]*\]);$/gm;

/** Marks every description of a file of schemas as one that may be left out. @param {string} source @returns {string} */
export function markSchemasPure(source) {
  return source.replaceAll(DESCRIPTION, (_all, head, array) => `${head}/* @__PURE__ */ (() => ${array})();`);
}

/** @type {import('esbuild').Plugin} */
export const PURE_SDK_SCHEMAS = {
  name: 'pure-sdk-schemas',
  setup: (bundler) => {
    bundler.onLoad({ filter: /@aws-sdk[\\/].*[\\/]schemas[\\/]schemas_\d+\.js$/ }, async ({ path }) => ({
      contents: markSchemasPure(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};
