import type { Words } from '../en/index.js';

export const chime: Words['chime'] = {
  aChimeWhenSomebodyComes: 'Звоночек, когда кто-то входит',
  neverInASong: 'Никогда во время песни.',
};
