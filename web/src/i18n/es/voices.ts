import type { Words } from '../en/index.js';

export const voices: Words['voices'] = {
  soprano: 'Soprano',
  alto: 'Contralto',
  tenor: 'Tenor',
  bass: 'Bajo',
};
