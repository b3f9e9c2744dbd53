import { defineConfig } from 'vitest/config';

// Long ones are a run of their own (npm run e2e:long).
const long = process.env['LONG'] !== undefined;

/** They measure sound in real time: one file at a time, and nothing else beside it. */
const SOUND = ['alignment', 'calibration', 'choir', 'console', 'latency', 'microphone', 'plan', 'recording'].map((name) => `e2e/${name}.test.ts`);

/** sound: those alone; pages: all others, which wait more than they work, two files at a time; unset: all. */
const which = process.env['E2E'];

export default defineConfig({
  test: {
    include: long ? ['e2e/**/*.long.test.ts'] : which === 'sound' ? SOUND : ['e2e/**/*.test.ts'],
    exclude: long ? [] : ['e2e/**/*.long.test.ts', ...(which === 'pages' ? SOUND : [])],
    environment: 'node',
    fileParallelism: which === 'pages' && !long,
    maxWorkers: 2,
    minWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What is waited for comes within a second on a quiet machine; a count-down has only whole ones.
    expect: { poll: { timeout: 5_000 } },
  },
});
