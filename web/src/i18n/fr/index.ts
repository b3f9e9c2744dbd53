// French.
import { en } from '../en/index.js';
import type { Words } from '../en/index.js';

export const words: Words = {
  ...en,
};
