import { defineConfig } from 'vitest/config';

// Long ones are a run of their own (npm run e2e:long).
const long = process.env['LONG'] !== undefined;

// End-to-end tests share one machine's sound clock and processors: one file at a time.
export default defineConfig({
  test: {
    include: [long ? 'e2e/**/*.long.test.ts' : 'e2e/**/*.test.ts'],
    exclude: long ? [] : ['e2e/**/*.long.test.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
