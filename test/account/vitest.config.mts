import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// What needs an emulated account: each file starts moto of its own, so one after the other on a small machine.
export default defineConfig({
  test: {
    name: 'account',
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/account/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
