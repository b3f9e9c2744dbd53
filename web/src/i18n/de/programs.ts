import type { Words } from '../en/index.js';

export const programs: Words['programs'] = {
  pleaseGiveTheProgramA: 'Bitte gib dem Programm einen Namen.',
  programs: 'Programme',
  anotherProgramCanDoIn:
    'Ein anderes Programm kann in diesem Raum alles, was die Raumleitung kann: Licht, Beamer, ein Dienst. Jedes braucht einen eigenen Schlüssel. Wie man ihn benutzt, steht unter',
  apiOpenapiJson: '/api/openapi.json',
  theTokenShownOnlyNow: 'Der Schlüssel, nur jetzt zu sehen',
  nameOfOneMoreProgram: 'Name eines weiteren Programms',
  makeAToken: 'Schlüssel machen',
  putAway: 'Weglegen',
  putTheTokenAway: 'Den Schlüssel weglegen',
  since: ({ name, day }) => `\u2068${name}\u2069, seit ${day}`,
  takeTheTokenAway: 'Schlüssel wegnehmen',
  takeTheTokenOf: ({ name }) => `Schlüssel wegnehmen: ${name}`,
};
