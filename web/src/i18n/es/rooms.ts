import type { Words } from '../en/index.js';

export const rooms: Words['rooms'] = {
  todayAt: ({ time }) => `hoy a las ${time}`,
  yesterdayAt: ({ time }) => `ayer a las ${time}`,
  aRoomWithoutAName: 'Una sala sin nombre',
  roomsOnThisServer: 'Salas de este servidor',
  withAPassword: 'con contraseña',
  nobodyIsIn: 'no hay nadie',
  oneIsIn: 'hay una persona',
  areIn: ({ people }) => `hay ${people}`,
  yourRooms: 'Tus salas',
  onlyThisBrowserKeepsThis: 'Solo este navegador guarda esta lista. Una sala que quitas de ella queda como está, y su enlace sigue llevando allí.',
  lastThere: ({ whenText }) => `La última vez, ${whenText}`,
  youAreItsOrganiser: 'la organizas tú',
  lastThereOn: ({ day }) => `el ${day}`,
  remove: 'Quitar',
  removeFromTheList: ({ name }) => `Quitar ${name} de la lista`,
};
