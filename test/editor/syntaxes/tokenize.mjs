import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import { ensureVsCode } from '../../../scripts/editor-tools.mjs';
import { ROOT } from '../../../scripts/paths.mjs';

/**
 * @typedef {object} Token
 * @property {string} text
 * @property {readonly string[]} scopes without that of the host
 */

const require = createRequire(import.meta.url);
const json = (/** @type {string} */ file) => JSON.parse(readFileSync(file, 'utf8'));

/** The grammars that VS Code itself has. @param {string} folder its `extensions` */
function builtIn(folder) {
  return ['yaml', 'shellscript', 'powershell'].flatMap((name) => {
    const syntaxes = join(folder, name, 'syntaxes');
    return readdirSync(syntaxes)
      .filter((file) => file.endsWith('.json'))
      .map((file) => json(join(syntaxes, file)));
  });
}

/** HashiCorp's, as its extension has them. */
function hashicorp() {
  const folder = join(ROOT, 'node_modules/tm-grammars/grammars');
  return ['terraform', 'hcl'].map((name) => json(join(folder, `${name}.json`)));
}

/** What the manifest says that we inject where. @returns {{ grammar: any, into: readonly string[] }[]} */
function injections() {
  /** @type {{ path: string, injectTo: readonly string[] }[]} */
  const grammars = json(join(ROOT, 'package.json')).contributes.grammars;
  return grammars.map(({ path, injectTo }) => ({ grammar: json(join(ROOT, path)), into: injectTo }));
}

/**
 * A tokenizer with the grammars of the VS Code that the tests run in, HashiCorp's, and ours injected as the manifest says.
 * @returns {Promise<(scope: string, text: string) => Promise<Token[][]>>} tokens line by line
 */
export async function tokenizer() {
  const tools = await ensureVsCode();
  const wasm = readFileSync(join(require.resolve('vscode-oniguruma'), '../onig.wasm'));
  await oniguruma.loadWASM(wasm);
  const injected = injections();
  const all = [
    ...builtIn(join(tools.server, '../../extensions')),
    ...hashicorp(),
    ...injected.map(({ grammar }) => grammar),
  ];
  const byScope = new Map(all.map((grammar) => [grammar.scopeName, grammar]));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: (scope) => Promise.resolve(byScope.get(scope) ?? null),
    getInjections: (scope) =>
      injected.filter(({ into }) => into.includes(scope)).map(({ grammar }) => grammar.scopeName),
  });
  return async (scope, text) => {
    const grammar = await registry.loadGrammar(scope);
    if (grammar === null) throw new Error(`There is no grammar ${scope}.`);
    let state = textmate.INITIAL;
    return text.split('\n').map((line) => {
      const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
      state = ruleStack;
      return tokens.map(({ startIndex, endIndex, scopes }) => ({
        text: line.slice(startIndex, endIndex),
        scopes: scopes.slice(1),
      }));
    });
  };
}
