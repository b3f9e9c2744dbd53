import type { Words } from '../en/index.js';

export const meeting: Words['meeting'] = {
  chooseTheDayAndThe: 'Wähle zuerst Tag und Uhrzeit.',
  thisTimeIsOver: 'Diese Zeit ist vorbei: wähle eine spätere.',
  theNextEvening: 'Der nächste Abend',
  setTheNextEvening: 'Nächsten Abend festlegen',
  when: 'Wann',
  howLong: 'Wie lange',
  what: 'Was',
  changeItForEverybody: 'Für alle ändern',
  setItForEverybody: 'Für alle festlegen',
  takeItBack: 'Zurücknehmen',
  everybodySeesItAtThe: 'Alle sehen ihn an der Tür und im Raum, in ihrer eigenen Ortszeit, und können ihn in den Kalender übernehmen.',
  saveItForTheCalendar: 'In den Kalender',
  ourRoom: 'Unser Raum',
  weSingHere: ({ link }) => `Hier singen wir: ${link}`,
  minutes: ({ minutes }) => (minutes === 1 ? '1 Minute' : `${minutes} Minuten`),
  hours: ({ hours }) => (hours === '1' ? '1 Stunde' : `${hours} Stunden`),
};
