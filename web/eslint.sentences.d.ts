import type { ESLint } from 'eslint';
declare const own: ESLint.Plugin;
export default own;
