import type { Words } from '../en/index.js';

export const parts: Words['parts'] = {
  roundelay: 'Roundelay',
  close: 'Schließen',
  trying: 'Versuche es ...',
  tryingAgainInS: ({ max }) => `Nächster Versuch in ${max} s.`,
  tryNow: 'Jetzt versuchen',
  news: 'Neuigkeiten',
  putAway: 'Weglegen',
  copied: 'Kopiert',
  copy: 'Kopieren',
  holdTheLinkThenCopy: 'Link gedrückt halten, dann Kopieren',
  pressC: 'Drücke ⌘ + C',
  pressCtrlC: 'Drücke Strg + C',
  moveUp: ({ what }) => `${what} nach oben`,
  moveDown: ({ what }) => `${what} nach unten`,
  movedTo: ({ what, number, count }) => `${what}: jetzt Nummer ${number} von ${count}.`,
};
