import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { type GrammarSource, V8_FLAGS_OF_GRAMMARS } from '../engine';

/** The grammars that lie beside the bundle of the server (scripts/build.mjs); read when a document needs one. */
export const GRAMMARS_BESIDE: GrammarSource = async (file) => {
  for (const flag of V8_FLAGS_OF_GRAMMARS) setFlagsFromString(flag);
  const { brotliDecompressSync } = await import('node:zlib');
  return brotliDecompressSync(await readFile(path.join(__dirname, `${file}.wasm.br`)));
};
