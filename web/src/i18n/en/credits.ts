export const credits = {
  ofTheEvening: 'Credits of the evening',
  whatTheyAre:
    'Songs that were sung here to a backing in the last day. The server keeps the list; a song that was stopped within ten seconds is not in it.',
  noneYet: 'No song was sung here to a backing yet.',
  by: ({ artist }: { artist: string }) => `by ${artist}`,
  licence: ({ licence }: { licence: string }) => `Licence: ${licence}`,
  source: ({ link }: { link: string }) => `Source: ${link}`,
  sungAt: ({ times }: { times: string }) => `Sung at ${times}`,
  lookingForThem: 'Looking for the songs ...',
  tryAgain: 'Try again',
  print: 'Print',
  asAPage: 'Save as a page',
  asText: 'Save as text',
  file: 'credits',
};
