import type { Words } from '../en/index.js';

export const credits: Words['credits'] = {
  ofTheEvening: 'Créditos de la velada',
  whatTheyAre:
    'Canciones cantadas aquí con acompañamiento en el último día. El servidor guarda la lista; no incluye lo que se detuvo antes de diez segundos.',
  noneYet: 'Aún no se ha cantado aquí ninguna canción con acompañamiento.',
  by: ({ artist }) => `de ${artist}`,
  licence: ({ licence }) => `Licencia: ${licence}`,
  source: ({ link }) => `Fuente: ${link}`,
  sungAt: ({ times }) => `Cantada a las ${times}`,
  lookingForThem: 'Buscando las canciones ...',
  tryAgain: 'Reintentar',
  print: 'Imprimir',
  asAPage: 'Guardar como página',
  asText: 'Guardar como texto',
  file: 'creditos',
};
