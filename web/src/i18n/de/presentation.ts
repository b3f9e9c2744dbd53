import type { Words } from '../en/index.js';

export const presentation: Words['presentation'] = {
  connectionLostComingBack: 'Verbindung verloren. Komme zurück ...',
  forTheHallsScreenEscape: 'Für die Leinwand im Saal. Escape beendet es.',
  showItOnAHalls: 'Auf der Leinwand zeigen',
  ourRoom: 'Unser Raum',
  leads: ({ name }) => `${name} leitet`,
  theSongHasNotStarted: 'Das Lied hat noch nicht begonnen.',
  nobodyLeadsYet: 'Noch leitet niemand.',
  getReady: 'Macht euch bereit.',
  sing: 'Singt.',
  theSongIsOverHere: 'Hier ist das Lied vorbei.',
  itEndsIn: ({ seconds }) => `Es endet in ${seconds} s.`,
};
