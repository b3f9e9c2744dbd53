import type { Words } from '../en/index.js';

export const language: Words['language'] = {
  language: 'Langue',
  missing: ({ name }) => `${name} n’a pas pu être chargé. Vérifiez votre réseau, puis choisissez-le de nouveau.`,
};
