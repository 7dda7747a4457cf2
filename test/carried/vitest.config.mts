import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// The vectors in their forms on their own: renderers and scripts are processes.
export default defineConfig({
  cacheDir: fileURLToPath(new URL('../../node_modules/.vite/carried', import.meta.url)),
  test: {
    name: 'carried',
    root: fileURLToPath(new URL('.', import.meta.url)),
    include: ['**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 1,
    hookTimeout: 300_000,
  },
});
