import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// The execution suite on its own: it starts processes, so it keeps to two workers and generous time limits.
export default defineConfig({
  cacheDir: fileURLToPath(new URL('../../node_modules/.vite/execution', import.meta.url)),
  test: {
    name: 'execution',
    root: fileURLToPath(new URL('.', import.meta.url)),
    include: ['**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    maxConcurrency: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
