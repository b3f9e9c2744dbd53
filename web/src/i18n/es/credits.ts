import type { Words } from '../en/index.js';

export const credits: Words['credits'] = {
  ofTheEvening: 'Créditos de la velada',
  whatTheyAre: 'Canciones de la biblioteca cantadas aquí en el último día. Este navegador guarda la lista.',
  noneYet: 'Aún no se ha cantado aquí ninguna canción de la biblioteca.',
  by: ({ artist }) => `de ${artist}`,
  licence: ({ licence }) => `Licencia: ${licence}`,
  source: ({ link }) => `Fuente: ${link}`,
  print: 'Imprimir',
  asAPage: 'Guardar como página',
  asText: 'Guardar como texto',
  file: 'creditos',
};
