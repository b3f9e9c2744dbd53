import type { Words } from '../en/index.js';

export const shelves: Words['shelves'] = {
  artists: 'Artistas',
  albums: 'Álbumes',
  songsOf: 'Canciones',
  beginsWith: 'Empieza por',
  noneYet: 'Aquí aún no hay nada.',
  noneSo: 'Nada empieza así.',
  thisArtist: 'Este artista',
  thisAlbum: 'Este álbum',
  whereOneIs: 'Dónde se está',
  words: 'Letra',
  wordsOf: ({ title }) => `Letra de ${title}`,
  noWords: 'Esta canción no tiene letra aquí.',
};
