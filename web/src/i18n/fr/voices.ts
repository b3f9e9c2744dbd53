import type { Words } from '../en/index.js';

export const voices: Words['voices'] = {
  soprano: 'Soprano',
  alto: 'Alto',
  tenor: 'Ténor',
  bass: 'Basse',
};
