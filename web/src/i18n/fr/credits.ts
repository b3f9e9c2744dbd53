import type { Words } from '../en/index.js';

export const credits: Words['credits'] = {
  ofTheEvening: 'Crédits de la soirée',
  whatTheyAre:
    'Chants chantés ici sur un accompagnement depuis un jour. Le serveur garde la liste ; ce qui a été arrêté avant dix secondes n’y figure pas.',
  noneYet: 'Aucun chant n’a encore été chanté ici sur un accompagnement.',
  by: ({ artist }) => `de ${artist}`,
  licence: ({ licence }) => `Licence : ${licence}`,
  source: ({ link }) => `Source : ${link}`,
  sungAt: ({ times }) => `Chanté à ${times}`,
  lookingForThem: 'Recherche des chants ...',
  tryAgain: 'Réessayer',
  print: 'Imprimer',
  asAPage: 'Enregistrer comme page',
  asText: 'Enregistrer comme texte',
  file: 'les-credits',
};
