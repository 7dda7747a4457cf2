import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { GrammarSource } from '../engine';

/**
 * Keeps V8 from optimising the grammar of PowerShell, whose lexer is one huge function. It takes Node.js 20 twenty seconds of a processor, Node.js 24 half a second
 * and 2 GB of memory, Node.js 26 370 MB; and parsing is then 13 ms for 1,000 lines and not 8. Either flag alone does it for some versions only.
 */
const NO_TIER_UP = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];

/** The grammars that lie beside the bundle of the server (scripts/build.mjs); read when a document needs one. */
export const GRAMMARS_BESIDE: GrammarSource = (file) => {
  for (const flag of NO_TIER_UP) setFlagsFromString(flag);
  return readFile(path.join(__dirname, `${file}.wasm`));
};
