import type { Words } from '../en/index.js';

export const voices: Words['voices'] = {
  soprano: 'Сопрано',
  alto: 'Альт',
  tenor: 'Тенор',
  bass: 'Бас',
};
