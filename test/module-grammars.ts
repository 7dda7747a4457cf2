import { readFileSync } from 'node:fs';
import type { GrammarSource } from '../src/engine';

const MODULES = new URL('../node_modules/', import.meta.url);
const FILES = {
  'tree-sitter': 'web-tree-sitter/web-tree-sitter.wasm',
  powershell: 'tree-sitter-powershell/tree-sitter-powershell.wasm',
} as const;

/** The grammars as their packages have them. */
export const MODULE_GRAMMARS: GrammarSource = (file) =>
  Promise.resolve(new Uint8Array(readFileSync(new URL(FILES[file], MODULES))));
