import type { Words } from '../en/index.js';

export const rooms: Words['rooms'] = {
  todayAt: ({ time }) => `heute um ${time}`,
  yesterdayAt: ({ time }) => `gestern um ${time}`,
  aRoomWithoutAName: 'Ein Raum ohne Namen',
  roomsOnThisServer: 'Räume auf diesem Server',
  withAPassword: 'mit Passwort',
  nobodyIsIn: 'niemand da',
  oneIsIn: 'eine Person da',
  areIn: ({ people }) => `${people} da`,
  yourRooms: 'Deine Räume',
  onlyThisBrowserKeepsThis:
    'Nur dieser Browser kennt diese Liste. Ein Raum, den du aus ihr entfernst, bleibt, wie er ist, und sein Link führt weiter dorthin.',
  lastThere: ({ whenText }) => `Zuletzt dort ${whenText}`,
  youAreItsOrganiser: 'du leitest ihn',
  lastThereOn: ({ day }) => `am ${day}`,
  remove: 'Entfernen',
  removeFromTheList: ({ name }) => `${name} aus der Liste entfernen`,
};
