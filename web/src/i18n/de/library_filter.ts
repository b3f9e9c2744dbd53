import type { Words } from '../en/index.js';

export const libraryFilter: Words['libraryFilter'] = {
  narrow: 'Eingrenzen oder anders ordnen',
  narrowed: ({ count }) => `Eingegrenzt (${count})`,
  whatever: 'gleich welche',
  ratedAtLeast: 'Note mindestens',
  lastsAtLeast: 'Dauert mindestens (Minuten)',
  lastsAtMost: 'Dauert höchstens (Minuten)',
  showAll: 'Wieder alle zeigen',
  noneSo: 'So ist kein Lied. Lass etwas weg.',
  forYou: 'Vielleicht für dich',
  logInForThese: 'Melde dich an, um zu sehen, was dir gefallen könnte.',
  nothingForYou: 'Noch nichts. Mach Lieder zu Lieblingsliedern, benote sie oder setze sie auf Listen: Dann steht hier, was dazu passt.',
  addWords: 'Text dazu schreiben',
  kindsOfWords: 'Einfacher Text, oder mit Zeiten (LRC) oder Akkorden (ChordPro). Im Raum sehen ihn alle, die singen.',
};
