import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Journeys on the visible workbench: each file has a VS Code and a browser of its own, so one at a time on a small machine. And colours, which are
// tried on the grammars of the same VS Code.
export default defineConfig({
  test: {
    name: 'journeys',
    root: fileURLToPath(new URL('.', import.meta.url)),
    include: ['journeys/**/*.test.mjs', 'syntaxes/**/*.test.mjs'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 90_000,
    // Of a busy machine's workbench; what is there at once costs nothing.
    expect: { poll: { timeout: 20_000, interval: 100 } },
  },
});
