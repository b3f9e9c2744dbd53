import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const chat: Words['chat'] = {
  roomForMoreCharacters: ({ left }) => `Encore ${left} caractères possibles.`,
  announcementBy: ({ name, text }) => `Annonce de ${name} : ${text}`,
  chat: 'Discussion',
  nothingWasSaidYetWhat: 'Rien n’a encore été dit. Tout le monde dans la salle voit ce que vous écrivez.',
  whatWasSaid: 'Ce qui a été dit',
  theOrganiserHasSwitchedThe: 'La personne responsable a coupé la discussion.',
  announcement: 'Annonce',
  takeAwayWhatSaid: ({ name }) => `Retirer ce que ${name} a dit`,
  yourAnnouncement: 'Votre annonce',
  yourWords: 'Votre texte',
  announce: 'Annoncer',
  send: 'Envoyer',
  chatForAfterTheSong: ({ unreadWords }) => `Discussion : ${unreadWords}, pour après le chant`,
  newLines: ({ count }) => `${plural.fr(count, { one: `1 nouvelle ligne`, other: `${count} nouvelles lignes` })}`,
  tooLongPleaseTakeCharacters: ({ count }) => `Trop long : retirez ${count} caractères.`,
  asAnAnnouncement: 'Comme annonce',
  putAway: 'Ranger',
  putTheAnnouncementAway: 'Ranger l’annonce',
};
