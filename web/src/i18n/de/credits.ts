import type { Words } from '../en/index.js';

export const credits: Words['credits'] = {
  ofTheEvening: 'Nachweise des Abends',
  whatTheyAre: 'Lieder der Bibliothek, die hier am letzten Tag gesungen wurden. Dieser Browser behält die Liste.',
  noneYet: 'Hier wurde noch kein Lied der Bibliothek gesungen.',
  by: ({ artist }) => `von ${artist}`,
  licence: ({ licence }) => `Lizenz: ${licence}`,
  source: ({ link }) => `Quelle: ${link}`,
  print: 'Drucken',
  asAPage: 'Als Seite sichern',
  asText: 'Als Text sichern',
  file: 'nachweise',
};
