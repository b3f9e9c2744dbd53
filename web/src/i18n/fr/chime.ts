import type { Words } from '../en/index.js';

export const chime: Words['chime'] = {
  aChimeWhenSomebodyComes: 'Un carillon quand quelqu’un entre',
  neverInASong: 'Jamais pendant un chant.',
};
