import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { GrammarSource } from '../engine';

/** The grammars that lie beside the bundle of the server (scripts/build.mjs); read when a document needs one. */
export const GRAMMARS_BESIDE: GrammarSource = (file) => readFile(path.join(__dirname, `${file}.wasm`));
