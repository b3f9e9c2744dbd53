import type { Words } from '../en/index.js';

export const programs: Words['programs'] = {
  pleaseGiveTheProgramA: 'Da un nombre al programa.',
  programs: 'Programas',
  anotherProgramCanDoIn:
    'Otro programa puede hacer en esta sala lo que puede quien organiza: luces, un proyector, un servicio. Cada uno necesita su propia clave. Cómo se usa está en',
  apiOpenapiJson: '/api/openapi.json',
  theTokenShownOnlyNow: 'La clave, que solo se muestra ahora',
  nameOfOneMoreProgram: 'Nombre de otro programa',
  makeAToken: 'Crear una clave',
  putAway: 'Guardar',
  putTheTokenAway: 'Guardar la clave',
  since: ({ name, day }) => `\u2068${name}\u2069, desde el ${day}`,
  takeTheTokenAway: 'Quitar la clave',
  takeTheTokenOf: ({ name }) => `Quitar la clave: ${name}`,
};
