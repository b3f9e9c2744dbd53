import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const chat: Words['chat'] = {
  roomForMoreCharacters: ({ left }) => `Noch Platz für ${left} Zeichen.`,
  announcementBy: ({ name, text }) => `Ansage von ${name}: ${text}`,
  chat: 'Chat',
  nothingWasSaidYetWhat: 'Noch wurde nichts geschrieben. Was du schreibst, sehen alle im Raum.',
  whatWasSaid: 'Was geschrieben wurde',
  theOrganiserHasSwitchedThe: 'Die Leitung des Raums hat den Chat ausgeschaltet.',
  announcement: 'Ansage',
  takeAwayWhatSaid: ({ name }) => `Entfernen, was ${name} geschrieben hat`,
  yourAnnouncement: 'Deine Ansage',
  yourWords: 'Dein Text',
  announce: 'Ansagen',
  send: 'Senden',
  chatForAfterTheSong: ({ unreadWords }) => `Chat: ${unreadWords}, für nach dem Lied`,
  newLines: ({ count }) => `${plural.de(count, { one: `1 neue Zeile`, other: `${count} neue Zeilen` })}`,
  tooLongPleaseTakeCharacters: ({ count }) => `Zu lang: bitte nimm ${count} Zeichen weg.`,
  asAnAnnouncement: 'Als Ansage',
  putAway: 'Weglegen',
  putTheAnnouncementAway: 'Die Ansage weglegen',
};
