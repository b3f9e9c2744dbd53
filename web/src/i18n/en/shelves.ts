export const shelves = {
  artists: 'Artists',
  albums: 'Albums',
  songsOf: 'Songs',
  beginsWith: 'Begins with',
  noneYet: 'There is nothing here yet.',
  noneSo: 'Nothing begins like that.',
  thisArtist: 'This artist',
  thisAlbum: 'This album',
  whereOneIs: 'Where one is',
  words: 'Words',
  wordsOf: ({ title }: { title: string }) => `Words of ${title}`,
  noWords: 'This song has no words here.',
};
