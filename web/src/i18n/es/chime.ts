import type { Words } from '../en/index.js';

export const chime: Words['chime'] = {
  aChimeWhenSomebodyComes: 'Un timbre cuando entra alguien',
  neverInASong: 'Nunca durante un canto.',
};
