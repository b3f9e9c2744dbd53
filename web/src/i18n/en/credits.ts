export const credits = {
  ofTheEvening: 'Credits of the evening',
  whatTheyAre: 'Songs of the library that were sung here in the last day. This browser keeps the list.',
  noneYet: 'No song of the library was sung here yet.',
  by: ({ artist }: { artist: string }) => `by ${artist}`,
  licence: ({ licence }: { licence: string }) => `Licence: ${licence}`,
  source: ({ link }: { link: string }) => `Source: ${link}`,
  print: 'Print',
  asAPage: 'Save as a page',
  asText: 'Save as text',
  file: 'credits',
};
