import type { Words } from '../en/index.js';

export const settings: Words['settings'] = {
  aSongIsOnYou: 'Un chant est en cours. Vous pourrez changer les groupes et leur temps quand il sera fini.',
  settingsOfTheRoom: 'Réglages de la salle',
  timeFromOneGroupTo: 'Temps d’un groupe à l’autre',
  automatic: 'Automatique',
  chosenAtEachSongsStart:
    'Choisi au début de chaque chant, aussi court que toutes les connexions le permettent. Les connexions lentes chantent dans le dernier groupe.',
  byHand: 'À la main',
  theSameForEverySong: 'Le même pour chaque chant : une seconde convient presque partout.',
  timeBetweenGroups: 'Temps entre les groupes',
  groups: 'Groupes',
  withMoreGroupsTheLast: 'Avec plus de groupes, le dernier entend plus de voix, mais attend plus longtemps.',
  automaticLevel: 'Niveau automatique',
  theMorePeopleSingThe: 'Plus on est nombreux, plus chaque voix baisse, pour que l’ensemble ne soit jamais trop fort.',
};
