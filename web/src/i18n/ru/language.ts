import type { Words } from '../en/index.js';

export const language: Words['language'] = {
  language: 'Язык',
  missing: ({ name }) => `Не удалось загрузить: ${name}. Проверьте сеть и выберите ещё раз.`,
};
