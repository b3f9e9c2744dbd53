import type { Words } from '../en/index.js';

export const meeting: Words['meeting'] = {
  chooseTheDayAndThe: 'Elige primero el día y la hora.',
  thisTimeIsOver: 'Esa hora ya pasó: elige una posterior.',
  theNextEvening: 'La próxima velada',
  setTheNextEvening: 'Fijar la próxima velada',
  when: 'Cuándo',
  howLong: 'Cuánto dura',
  what: 'Qué',
  changeItForEverybody: 'Cambiarla para todos',
  setItForEverybody: 'Fijarla para todos',
  takeItBack: 'Quitarla',
  everybodySeesItAtThe: 'Todos la ven en la puerta y en la sala, en su hora local, y pueden guardarla en el calendario.',
  saveItForTheCalendar: 'Al calendario',
  ourRoom: 'Nuestra sala',
  weSingHere: ({ link }) => `Cantamos aquí: ${link}`,
  minutes: ({ minutes }) => (minutes === 1 ? '1 minuto' : `${minutes} minutos`),
  hours: ({ hours }) => (hours === '1' ? '1 hora' : `${hours} horas`),
};
