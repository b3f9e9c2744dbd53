import type { Words } from '../en/index.js';

export const credits: Words['credits'] = {
  ofTheEvening: 'Crédits de la soirée',
  whatTheyAre: 'Chants de la bibliothèque chantés ici depuis un jour. Ce navigateur garde la liste.',
  noneYet: 'Aucun chant de la bibliothèque n’a encore été chanté ici.',
  by: ({ artist }) => `de ${artist}`,
  licence: ({ licence }) => `Licence : ${licence}`,
  source: ({ link }) => `Source : ${link}`,
  print: 'Imprimer',
  asAPage: 'Enregistrer comme page',
  asText: 'Enregistrer comme texte',
  file: 'les-credits',
};
