import type { Words } from '../en/index.js';

export const libraryTending: Words['libraryTending'] = {
  duplicates: 'Doppelte',
  whatDuplicatesAre: 'Diese heißen gleich. Wähle, was bleibt: Es übernimmt Lieder, Noten, Lieblinge und Plätze auf Listen von den anderen.',
  forCurators: 'Das können nur Kuratoren der Bibliothek.',
  noDuplicates: 'Keine.',
  isOneNow: ({ name }) => `„${name}“ gibt es jetzt einmal.`,
  whichStays: ({ name }) => `${name}: Was bleibt?`,
  look: 'Ansehen',
  makeThemOne: 'Eins daraus machen',
  sameNameBecomesOne: 'Heißt dann noch jemand so, kann man unter „Doppelte“ eins daraus machen.',
  withItsSongs: 'Ja, samt diesen Liedern',
  asATable: 'Alle Lieder als Tabelle (CSV)',
};
