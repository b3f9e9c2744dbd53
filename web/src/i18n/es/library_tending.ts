import type { Words } from '../en/index.js';

export const libraryTending: Words['libraryTending'] = {
  duplicates: 'Duplicados',
  whatDuplicatesAre: 'Se llaman igual. Elige cuál queda: recibe las canciones, notas, favoritas y lugares en listas de los otros.',
  forCurators: 'Solo los conservadores de la biblioteca pueden hacerlo.',
  noDuplicates: 'Ninguno.',
  isOneNow: ({ name }) => `«${name}» ya es uno solo.`,
  whichStays: ({ name }) => `${name}: ¿cuál queda?`,
  look: 'Verlo',
  makeThemOne: 'Hacer uno solo',
  sameNameBecomesOne: 'Si entonces hay otro con este nombre, se pueden unir entre los duplicados.',
  withItsSongs: 'Sí, con estas canciones',
  asATable: 'Todas las canciones en tabla (CSV)',
};
