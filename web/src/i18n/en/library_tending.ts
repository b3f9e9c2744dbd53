export const libraryTending = {
  duplicates: 'Duplicates',
  whatDuplicatesAre: 'These have the same name. Choose which stays: it takes over songs, ratings, favourites and places on playlists of the others.',
  forCurators: 'Only curators of the library can do this.',
  noDuplicates: 'None.',
  isOneNow: ({ name }: { name: string }) => `“${name}” is one now.`,
  whichStays: ({ name }: { name: string }) => `${name}: which one stays?`,
  look: 'See it',
  makeThemOne: 'Make them one',
  sameNameBecomesOne: 'If there is another of this name then, the two can be made one among the duplicates.',
  withItsSongs: 'Yes, with all of these songs',
  asATable: 'All songs as a table (CSV)',
};
