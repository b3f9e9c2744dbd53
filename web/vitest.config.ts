import { defineConfig } from 'vitest/config';

// Long ones are a run of their own (npm run test:long).
const long = process.env['LONG'] !== undefined;
const names = long ? '.long.test' : '.test';

export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  test: {
    include: [`test/**/*${names}.ts`, `test/**/*${names}.tsx`],
    exclude: long ? [] : ['test/**/*.long.test.ts'],
    environment: 'node',
  },
});
