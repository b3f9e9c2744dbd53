import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const chat: Words['chat'] = {
  roomForMoreCharacters: ({ left }) => `Caben ${left} caracteres más.`,
  announcementBy: ({ name, text }) => `Aviso de ${name}: ${text}`,
  chat: 'Chat',
  nothingWasSaidYetWhat: 'Todavía no se ha dicho nada. Lo que escribas lo ven todos en la sala.',
  whatWasSaid: 'Lo que se ha dicho',
  theOrganiserHasSwitchedThe: 'Quien organiza ha desactivado el chat.',
  announcement: 'Aviso',
  takeAwayWhatSaid: ({ name }) => `Quitar lo que dijo ${name}`,
  yourAnnouncement: 'Tu aviso',
  yourWords: 'Tu texto',
  announce: 'Avisar',
  send: 'Enviar',
  chatForAfterTheSong: ({ unreadWords }) => `Chat: ${unreadWords}, para después del canto`,
  newLines: ({ count }) => `${plural.es(count, { one: `1 línea nueva`, other: `${count} líneas nuevas` })}`,
  tooLongPleaseTakeCharacters: ({ count }) => `Demasiado largo: quita ${count} caracteres.`,
  asAnAnnouncement: 'Como aviso',
  putAway: 'Guardar',
  putTheAnnouncementAway: 'Guardar el aviso',
};
