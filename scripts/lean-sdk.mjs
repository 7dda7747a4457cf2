// Lets esbuild leave out of the AWS SDK what nobody here asks for.
import { readFile } from 'node:fs/promises';

/**
 * A description of an operation's input or output: a nested array, from its name to its end, of one line or of several. One that has a computed key in it
 * (`{ [_xN]: _Fil }`) looks to esbuild as if evaluating it could do something, so that all of EC2's stay: 0.5 MB, evaluated on each start.
 */
const DESCRIPTION = /^((?:export )?var [\w$]+ = )(\[[^;]*\]);$/gm;

/** Marks every description of a file of schemas as one that may be left out. @param {string} source @returns {string} */
export function markSchemasPure(source) {
  return source.replaceAll(DESCRIPTION, (_all, head, array) => `${head}/* @__PURE__ */ (() => ${array})();`);
}

/** What the SDK reads of its own package.json files: of the whole object nothing could be left out. @param {string} source @returns {string} */
function onlyVersion(source) {
  return JSON.stringify({ version: JSON.parse(source).version });
}

/** @type {import('esbuild').Plugin} */
export const LEAN_SDK = {
  name: 'lean-sdk',
  setup: (bundler) => {
    bundler.onLoad({ filter: /@aws-sdk[\\/].*[\\/]schemas[\\/]schemas_\d+\.js$/ }, async ({ path }) => ({
      contents: markSchemasPure(await readFile(path, 'utf8')),
      loader: 'js',
    }));
    bundler.onLoad({ filter: /@aws-sdk[\\/][^\\/]+[\\/]package\.json$/ }, async ({ path }) => ({
      contents: onlyVersion(await readFile(path, 'utf8')),
      loader: 'json',
    }));
    // Tells which browser it runs in, for a function that only browsers call.
    bundler.onResolve({ filter: /^bowser$/ }, ({ path }) => ({ path, namespace: 'lean-sdk' }));
    bundler.onLoad({ filter: /.*/, namespace: 'lean-sdk' }, () => ({ contents: 'export {};' }));
  },
};
