export const libraryRoom = {
  fromTheLibrary: 'From the library',
  searchTheLibrary: 'Search the song library',
  asTheTrack: 'As the track',
  intoTheProgramme: 'Into the programme',
  itComes: ({ title }: { title: string }) => `“${title}” comes into the room ...`,
  isHere: ({ title }: { title: string }) => `“${title}” is in the room.`,
  isInTheProgramme: ({ title }: { title: string }) => `“${title}” is in the programme.`,
  didNotCome: ({ title, reason }: { title: string; reason: string }) => `“${title}” did not come: ${reason}`,
  takeIntoARoom: 'Take it into a room',
  whichRoom: 'Into which room?',
  noRoomsYet: 'This browser knows no room yet. Open one first, or follow its link.',
  openARoom: 'Open a room',
};
