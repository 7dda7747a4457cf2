import { defineConfig } from 'vitest/config';

// Unit tests. What needs more than a unit test has a config of its own: test/execution, test/carried, test/protocol, test/start,
// test/editor, test/account.
export default defineConfig({
  test: {
    name: 'unit',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: [
      '**/node_modules/**',
      'test/execution/**',
      'test/carried/**',
      'test/protocol/**',
      'test/start/**',
      'test/editor/**',
      'test/account/**',
    ],
    maxWorkers: 2,
    // A property with hundreds of cases takes seconds on a busy machine.
    testTimeout: 30_000,
  },
});
