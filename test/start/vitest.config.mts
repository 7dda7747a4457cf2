import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// `npm start` as a person runs it, each time from its build to its end.
export default defineConfig({
  test: {
    name: 'start',
    root: fileURLToPath(new URL('.', import.meta.url)),
    include: ['**/*.test.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
