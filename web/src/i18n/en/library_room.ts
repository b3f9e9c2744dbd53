import { plural } from '../plural.js';

export const libraryRoom = {
  fromTheLibrary: 'From the library',
  searchTheLibrary: 'Search the song library',
  asTheTrack: 'As the track',
  intoTheProgramme: 'Into the programme',
  itComes: ({ title }: { title: string }) => `“${title}” comes into the room ...`,
  isHere: ({ title }: { title: string }) => `“${title}” is in the room.`,
  isInTheProgramme: ({ title }: { title: string }) => `“${title}” is in the programme.`,
  didNotCome: ({ title, reason }: { title: string; reason: string }) => `“${title}” did not come: ${reason}`,
  itComesBefore: ({ title, more }: { title: string; more: number }) =>
    `“${title}” comes into the room, ${plural.en(more, { one: `${more} more song after it`, other: `${more} more songs after it` })} ...`,
  soManyCame: ({ count }: { count: number }) => plural.en(count, { one: `${count} song is in the room.`, other: `${count} songs are in the room.` }),
  ofAPlaylist: 'Of a playlist',
  allSongsThere: 'All songs',
  allIntoTheProgramme: ({ count }: { count: number }) =>
    plural.en(count, { one: `${count} song into the programme`, other: `All ${count} songs into the programme` }),
  noneToBeHeard: 'None of its songs has a sound.',
  takeIntoARoom: 'Take it into a room',
  whichRoom: 'Into which room?',
  noRoomsYet: 'This browser knows no room yet. Open one first, or follow its link.',
  openARoom: 'Open a room',
  keepInTheLibrary: 'Keep in the library',
  songFromTheLibrary: 'From the library:',
  itIsKept: ({ round }: { round: string }) => `It goes into the library ... ${round} %`,
  onlyYouSeeIt: 'It is in the library, for you alone.',
  theFileDidNotCome: 'The file could not be fetched. Please try again.',
};
