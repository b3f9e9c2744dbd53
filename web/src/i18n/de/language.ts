import type { Words } from '../en/index.js';

export const language: Words['language'] = {
  language: 'Sprache',
  missing: ({ name }) => `${name} konnte nicht geladen werden. Sieh nach deinem Netz und wähle es dann noch einmal.`,
};
