import { defineConfig } from 'vitest/config';

// End-to-end tests share one machine's sound clock and processors: one file at a time.
export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
