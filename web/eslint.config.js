// What the compiler lets pass and should not. Layout is prettier's.
import tseslint from 'typescript-eslint';
import own from './eslint.sentences.js';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'docs/'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      // It knows nothing of noUncheckedIndexedAccess in what stands behind `??`.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      eqeqeq: 'error',
      // Nothing is told to a console that nobody reads.
      'no-console': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['src/{features,net,page,session,state}/**'],
    plugins: { own },
    rules: { 'own/sentences': 'error' },
  },
  // French has spaces of its own before its signs.
  { files: ['src/i18n/fr/**'], rules: { 'no-irregular-whitespace': ['error', { skipTemplates: true }] } },
  { files: ['e2e/**'], rules: { 'no-console': 'off' } },
  { files: ['**/*.js', '**/*.mjs'], ...tseslint.configs.disableTypeChecked },
);
