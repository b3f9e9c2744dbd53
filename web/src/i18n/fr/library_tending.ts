import type { Words } from '../en/index.js';

export const libraryTending: Words['libraryTending'] = {
  duplicates: 'Doublons',
  whatDuplicatesAre: 'Ils portent le même nom. Choisissez ce qui reste : il reprend les chants, notes, favoris et places dans les listes des autres.',
  forCurators: 'Seuls les conservateurs de la bibliothèque le peuvent.',
  noDuplicates: 'Aucun.',
  isOneNow: ({ name }) => `« ${name} » est réuni.`,
  whichStays: ({ name }) => `${name} : lequel reste ?`,
  look: 'Voir',
  makeThemOne: 'N’en faire qu’un',
  sameNameBecomesOne: 'S’il y en a alors un autre de ce nom, on peut n’en faire qu’un parmi les doublons.',
  withItsSongs: 'Oui, avec tous ces chants',
  asATable: 'Tous les chants en tableau (CSV)',
};
