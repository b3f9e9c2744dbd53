import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const libraryRoom: Words['libraryRoom'] = {
  fromTheLibrary: 'De la biblioteca',
  searchTheLibrary: 'Buscar en la biblioteca',
  asTheTrack: 'Como pista',
  intoTheProgramme: 'Al programa',
  itComes: ({ title }) => `«${title}» llega a la sala ...`,
  isHere: ({ title }) => `«${title}» está en la sala.`,
  isInTheProgramme: ({ title }) => `«${title}» está en el programa.`,
  didNotCome: ({ title, reason }) => `«${title}» no llegó: ${reason}`,
  itComesBefore: ({ title, more }) =>
    `«${title}» llega a la sala, y después ${plural.es(more, { one: `${more} canción más`, other: `${more} canciones más` })} ...`,
  soManyCame: ({ count }) => plural.es(count, { one: `${count} canción está en la sala.`, other: `${count} canciones están en la sala.` }),
  ofAPlaylist: 'De una lista',
  allSongsThere: 'Todas las canciones',
  allIntoTheProgramme: ({ count }) => plural.es(count, { one: `${count} canción al programa`, other: `Las ${count} canciones al programa` }),
  noneToBeHeard: 'Ninguna de sus canciones tiene sonido.',
  takeIntoARoom: 'Llevarla a una sala',
  whichRoom: '¿A qué sala?',
  noRoomsYet: 'Este navegador aún no conoce ninguna sala. Abre una primero, o sigue su enlace.',
  openARoom: 'Abrir una sala',
  keepInTheLibrary: 'Conservar en la biblioteca',
  songFromTheLibrary: 'De la biblioteca:',
  itIsKept: ({ round }) => `Entra en la biblioteca ... ${round} %`,
  onlyYouSeeIt: 'Está en la biblioteca, solo para ti.',
  theFileDidNotCome: 'No se pudo obtener el archivo. Inténtalo de nuevo.',
};
