import type { Words } from '../en/index.js';

export const voices: Words['voices'] = {
  soprano: 'Sopran',
  alto: 'Alt',
  tenor: 'Tenor',
  bass: 'Bass',
};
