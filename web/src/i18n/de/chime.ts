import type { Words } from '../en/index.js';

export const chime: Words['chime'] = {
  aChimeWhenSomebodyComes: 'Ein Gong, wenn jemand kommt',
  neverInASong: 'Nie während eines Lieds.',
};
