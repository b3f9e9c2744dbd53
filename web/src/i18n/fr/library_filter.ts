import type { Words } from '../en/index.js';

export const libraryFilter: Words['libraryFilter'] = {
  narrow: 'Restreindre ou trier autrement',
  narrowed: ({ count }) => `Liste restreinte (${count})`,
  whatever: 'peu importe',
  ratedAtLeast: 'Note au moins',
  lastsAtLeast: 'Dure au moins (minutes)',
  lastsAtMost: 'Dure au plus (minutes)',
  showAll: 'Tout afficher de nouveau',
  noneSo: 'Aucun chant n’est ainsi. Enlevez un critère.',
  forYou: 'Peut-être pour vous',
  logInForThese: 'Connectez-vous pour voir ce qui peut vous plaire.',
  nothingForYou: 'Rien encore. Choisissez des favoris, notez des chants ou mettez-les dans des listes : ce qui va avec sera ici.',
  addWords: 'Ajouter les paroles',
  kindsOfWords: 'Texte simple, ou avec temps (LRC) ou accords (ChordPro). Dans une salle, tous ceux qui chantent les voient.',
};
