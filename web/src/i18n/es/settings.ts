import type { Words } from '../en/index.js';

export const settings: Words['settings'] = {
  aSongIsOnYou: 'Hay un canto en marcha. Podrás cambiar los grupos y su tiempo cuando acabe.',
  settingsOfTheRoom: 'Ajustes de la sala',
  timeFromOneGroupTo: 'Tiempo de un grupo al siguiente',
  automatic: 'Automático',
  chosenAtEachSongsStart:
    'Se elige al empezar cada canto, tan corto como lo permiten todas las conexiones. Las conexiones lentas cantan en el último grupo.',
  byHand: 'A mano',
  theSameForEverySong: 'El mismo para cada canto: un segundo va bien en casi todas partes.',
  timeBetweenGroups: 'Tiempo entre grupos',
  groups: 'Grupos',
  withMoreGroupsTheLast: 'Con más grupos, el último oye más voces, pero espera más.',
  automaticLevel: 'Nivel automático',
  theMorePeopleSingThe: 'Cuanta más gente canta, más baja cada voz, para que juntas nunca suenen demasiado fuerte.',
};
