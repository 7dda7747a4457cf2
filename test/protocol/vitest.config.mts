import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// The language server over real JSON-RPC.
export default defineConfig({
  test: {
    name: 'protocol',
    root: fileURLToPath(new URL('.', import.meta.url)),
    maxWorkers: 2,
    // Processes are started, on a machine that may be busy.
    testTimeout: 30_000,
  },
});
