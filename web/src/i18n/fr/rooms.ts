import type { Words } from '../en/index.js';

export const rooms: Words['rooms'] = {
  todayAt: ({ time }) => `aujourd’hui à ${time}`,
  yesterdayAt: ({ time }) => `hier à ${time}`,
  aRoomWithoutAName: 'Une salle sans nom',
  roomsOnThisServer: 'Salles de ce serveur',
  withAPassword: 'avec mot de passe',
  nobodyIsIn: 'personne',
  oneIsIn: 'une personne',
  areIn: ({ people }) => `${people} personnes`,
  yourRooms: 'Vos salles',
  onlyThisBrowserKeepsThis: 'Seul ce navigateur garde cette liste. Une salle que vous en retirez reste telle quelle, et son lien y mène toujours.',
  lastThere: ({ whenText }) => `Dernière visite ${whenText}`,
  youAreItsOrganiser: 'vous en êtes responsable',
  lastThereOn: ({ day }) => (/^\d/.test(day) ? `le ${day}` : day),
  remove: 'Retirer',
  removeFromTheList: ({ name }) => `Retirer ${name} de la liste`,
};
