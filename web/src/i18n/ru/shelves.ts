import type { Words } from '../en/index.js';

export const shelves: Words['shelves'] = {
  artists: 'Исполнители',
  albums: 'Альбомы',
  songsOf: 'Песни',
  beginsWith: 'Начинается с',
  noneYet: 'Здесь пока ничего нет.',
  noneSo: 'Так ничего не начинается.',
  thisArtist: 'Этот исполнитель',
  thisAlbum: 'Этот альбом',
  whereOneIs: 'Где вы находитесь',
  words: 'Слова',
  wordsOf: ({ title }) => `Слова: ${title}`,
  noWords: 'У этой песни здесь нет слов.',
};
