import type { Words } from '../en/index.js';

export const shelves: Words['shelves'] = {
  artists: 'Interpreten',
  albums: 'Alben',
  songsOf: 'Lieder',
  beginsWith: 'Beginnt mit',
  noneYet: 'Hier ist noch nichts.',
  noneSo: 'Nichts beginnt so.',
  thisArtist: 'Dieser Interpret',
  thisAlbum: 'Dieses Album',
  whereOneIs: 'Wo man ist',
  words: 'Text',
  wordsOf: ({ title }) => `Text von ${title}`,
  noWords: 'Dieses Lied hat hier keinen Text.',
};
