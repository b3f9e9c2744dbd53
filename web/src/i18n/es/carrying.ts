import { plural } from '../plural.js';
import type { Words } from '../en/index.js';

export const carrying: Words['carrying'] = {
  exportImportCopy: 'Exportar, importar, copiar ...',
  theProgrammeElsewhere: 'El programa, en otro lugar',
  asAFile: 'A un archivo',
  whatTheFileHolds: 'Un solo archivo contiene todas las canciones con sus acompañamientos, partituras y letras. Guárdalo, o impórtalo en otra sala.',
  exportTheProgramme: 'Exportar el programa',
  writingTheFile: ({ round }) => `Recibiendo el archivo ... ${round} %`,
  stop: 'Detener',
  fromAFile: 'De un archivo',
  importAFile: 'Importar un programa',
  orDropAFileHere: 'O suelta el archivo aquí. Sus canciones van detrás de las que ya hay.',
  programmeToImport: 'Programa que importar',
  theNetworkIsAway: ({ name, round }) => `Se ha perdido la red: «${name}» seguirá en cuanto vuelva ... ${round} %`,
  uploading: ({ name, round }) => `Subiendo «${name}» ... ${round} %`,
  readingTheProgramme: ({ name }) => `Leyendo «${name}» ...`,
  fromAnotherRoom: 'De otra sala mía',
  roomToCopyFrom: 'Sala',
  noOtherRoom: 'Este navegador no conoce ninguna otra sala que organices tú.',
  copyItsSongs: 'Copiar sus canciones',
  copying: 'Copiando ...',
  songsCame: ({ songs }) =>
    plural.es(songs, { one: 'Se ha añadido 1 canción al programa.', other: `Se han añadido ${songs} canciones al programa.` }),
  trackUnreadable: ({ name }) => `No se pudo leer el acompañamiento «${name}»: súbelo de nuevo.`,
  scoreUnreadable: ({ name }) => `No se pudo leer la partitura «${name}»: súbela de nuevo.`,
  wordsUnreadable: ({ name }) => `No se pudo leer la letra «${name}»: añádela de nuevo.`,
  tooManyTracks: ({ name }) => `En la sala no hay sitio para el acompañamiento «${name}»: borra antes alguno.`,
  tooManyScores: ({ name }) => `En la sala no hay sitio para la partitura «${name}»: borra antes alguna.`,
  tooManyWords: ({ name }) => `En la sala no hay sitio para la letra «${name}»: borra antes alguna.`,
  programmeFull: ({ name }) => `En el programa no hay sitio para «${name}»: quita antes alguna canción.`,
};
