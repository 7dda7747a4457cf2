import { setFlagsFromString } from 'node:v8';
import { type GrammarSource, V8_FLAGS_OF_GRAMMARS } from '../engine';

/** The files are in the bundle, compressed by scripts/build.mjs; each import is one that the bundle carries out when it comes to it. */
const FILES: Readonly<Record<Parameters<GrammarSource>[0], () => Promise<{ readonly default: string }>>> = {
  'tree-sitter': () => import('web-tree-sitter/web-tree-sitter.wasm'),
  powershell: () => import('tree-sitter-powershell/tree-sitter-powershell.wasm'),
};

/** The grammars that this program carries within itself. */
export const bundledGrammars: GrammarSource = async (file) => {
  for (const flag of V8_FLAGS_OF_GRAMMARS) setFlagsFromString(flag);
  const { brotliDecompressSync } = await import('node:zlib');
  return brotliDecompressSync(Buffer.from((await FILES[file]()).default, 'base64'));
};
