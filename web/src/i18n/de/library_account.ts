import type { Words } from '../en/index.js';

export const libraryAccount: Words['libraryAccount'] = {
  yourAccount: 'Dein Konto',
  logInFirst: 'Melde dich an, um dein Konto zu sehen.',
  nameForPlayers: 'Benutzername',
  usedOn: ({ day }) => `benutzt am ${day}`,
  madeOn: ({ day }) => `vom ${day}, noch nicht benutzt`,
  whatTokensAre:
    'Mit einem Schlüssel kann ein Programm von dir hier alles, was du kannst. Auch Abspielprogramme, die nach einem API-Schlüssel fragen, nehmen ihn, statt Benutzername und Passwort.',
  whatTheyCanDo: 'Was Programme hier können',
  whichProgram: 'Für welches Programm ist er?',
  tokenOnlyNow: ({ name }) => `Schlüssel für ${name}, nur jetzt gezeigt`,
  whereLoggedIn: 'Wo du angemeldet bist',
  browserOn: ({ browser, system }) => `${browser} auf ${system}`,
  browserAt: ({ address, day }) => `Von ${address}, benutzt am ${day}`,
  thisBrowser: 'dieser Browser',
  logItOut: 'Dort abmelden',
  deleteAccount: 'Dein Konto löschen',
  howToDelete: 'Dein Konto endgültig löschen ...',
  whatGoes: 'Die Lieder, die du hochgeladen hast, gehen mit, auch die, die andere hören, und deine Listen, Lieblingslieder und Noten.',
};
