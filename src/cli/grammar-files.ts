import { setFlagsFromString } from 'node:v8';
import type { GrammarSource } from '../engine';

/**
 * Keeps V8 from optimising the grammar of PowerShell, whose lexer is one huge function. It takes Node.js 20 twenty seconds of a processor, Node.js 24 half a second
 * and 2 GB of memory, Node.js 26 370 MB; and parsing is then 13 ms for 1,000 lines and not 8. Either flag alone does it for some versions only.
 */
const NO_TIER_UP = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];

/** The files are in the bundle, compressed by scripts/build.mjs; each import is one that the bundle carries out when it comes to it. */
const FILES: Readonly<Record<Parameters<GrammarSource>[0], () => Promise<{ readonly default: string }>>> = {
  'tree-sitter': () => import('web-tree-sitter/web-tree-sitter.wasm'),
  powershell: () => import('tree-sitter-powershell/tree-sitter-powershell.wasm'),
};

/** The grammars that this program carries within itself. */
export const bundledGrammars: GrammarSource = async (file) => {
  for (const flag of NO_TIER_UP) setFlagsFromString(flag);
  const { gunzipSync } = await import('node:zlib');
  return gunzipSync(Buffer.from((await FILES[file]()).default, 'base64'));
};
