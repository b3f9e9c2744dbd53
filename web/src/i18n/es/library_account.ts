import type { Words } from '../en/index.js';

export const libraryAccount: Words['libraryAccount'] = {
  yourAccount: 'Tu cuenta',
  logInFirst: 'Entra para ver tu cuenta.',
  nameForPlayers: 'Nombre de usuario',
  usedOn: ({ day }) => `usado el ${day}`,
  madeOn: ({ day }) => `creado el ${day}, aún sin usar`,
  whatTokensAre:
    'Con una clave, un programa tuyo puede hacer aquí lo que puedes tú. También la aceptan los reproductores que piden una clave de API, en lugar de nombre y contraseña.',
  whatTheyCanDo: 'Lo que pueden los programas aquí',
  whichProgram: '¿Para qué programa es?',
  tokenOnlyNow: ({ name }) => `Clave para ${name}, solo se muestra ahora`,
  whereLoggedIn: 'Dónde has entrado',
  browserOn: ({ browser, system }) => `${browser} en ${system}`,
  browserAt: ({ address, day }) => `Desde ${address}, usado el ${day}`,
  thisBrowser: 'este navegador',
  logItOut: 'Salir allí',
  deleteAccount: 'Borrar tu cuenta',
  howToDelete: 'Borrar tu cuenta para siempre ...',
  whatGoes: 'Con ella se van las canciones que subiste, también las que oyen otros, y tus listas, favoritas y notas.',
};
