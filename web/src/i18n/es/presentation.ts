import type { Words } from '../en/index.js';

export const presentation: Words['presentation'] = {
  connectionLostComingBack: 'Conexión perdida. Volviendo ...',
  forTheHallsScreenEscape: 'Para la pantalla de una sala grande. Escape lo termina.',
  showItOnAHalls: 'Mostrar en pantalla grande',
  ourRoom: 'Nuestra sala',
  leads: ({ name }) => `${name} dirige`,
  theSongHasNotStarted: 'El canto aún no ha empezado.',
  nobodyLeadsYet: 'Todavía no dirige nadie.',
  getReady: 'Preparaos.',
  sing: 'Cantad.',
  theSongIsOverHere: 'Aquí el canto ha terminado.',
  itEndsIn: ({ seconds }) => `Acaba en ${seconds} s.`,
};
