import type { Words } from '../en/index.js';

export const language: Words['language'] = {
  language: 'Idioma',
  missing: ({ name }) => `No se pudo cargar ${name}. Mira tu red y elígelo de nuevo.`,
};
