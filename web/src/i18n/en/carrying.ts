import { plural } from '../plural.js';

export const carrying = {
  exportImportCopy: 'Export, import, copy ...',
  theProgrammeElsewhere: 'The programme, elsewhere',
  asAFile: 'Into a file',
  whatTheFileHolds: 'One file holds all songs with their tracks, scores and words. Keep it, or import it in another room.',
  exportTheProgramme: 'Export the programme',
  writingTheFile: ({ round }: { round: number }) => `Fetching the file ... ${round} %`,
  stop: 'Stop',
  fromAFile: 'From a file',
  importAFile: 'Import a programme',
  orDropAFileHere: 'Or drop the file here. Its songs come behind those that are there.',
  programmeToImport: 'Programme to import',
  theNetworkIsAway: ({ name, round }: { name: string; round: number }) =>
    `The network is away: “${name}” goes on as soon as it is back ... ${round} %`,
  uploading: ({ name, round }: { name: string; round: number }) => `Uploading “${name}” ... ${round} %`,
  readingTheProgramme: ({ name }: { name: string }) => `Reading “${name}” ...`,
  fromAnotherRoom: 'From another room of mine',
  roomToCopyFrom: 'Room',
  noOtherRoom: 'This browser knows no other room whose organiser you are.',
  copyItsSongs: 'Copy its songs',
  copying: 'Copying ...',
  songsCame: ({ songs }: { songs: number }) =>
    plural.en(songs, { one: '1 song has come into the programme.', other: `${songs} songs have come into the programme.` }),
  trackUnreadable: ({ name }: { name: string }) => `The track “${name}” could not be read: please upload it again.`,
  scoreUnreadable: ({ name }: { name: string }) => `The score “${name}” could not be read: please upload it again.`,
  wordsUnreadable: ({ name }: { name: string }) => `The words “${name}” could not be read: please bring them again.`,
  tooManyTracks: ({ name }: { name: string }) => `The room has no place for the track “${name}”: delete tracks first.`,
  tooManyScores: ({ name }: { name: string }) => `The room has no place for the score “${name}”: delete scores first.`,
  tooManyWords: ({ name }: { name: string }) => `The room has no place for the words “${name}”: delete words first.`,
  programmeFull: ({ name }: { name: string }) => `The programme has no place for “${name}”: take songs away first.`,
};
