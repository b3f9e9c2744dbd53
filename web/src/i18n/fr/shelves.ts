import type { Words } from '../en/index.js';

export const shelves: Words['shelves'] = {
  artists: 'Artistes',
  albums: 'Albums',
  songsOf: 'Chants',
  beginsWith: 'Commence par',
  noneYet: 'Il n’y a encore rien ici.',
  noneSo: 'Rien ne commence ainsi.',
  thisArtist: 'Cet artiste',
  thisAlbum: 'Cet album',
  whereOneIs: 'Où l’on est',
  words: 'Paroles',
  wordsOf: ({ title }) => `Paroles de ${title}`,
  noWords: 'Ce chant n’a pas de paroles ici.',
};
