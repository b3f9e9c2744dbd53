export const rooms = {
  todayAt: ({ time }: { time: string }) => `today at ${time}`,
  yesterdayAt: ({ time }: { time: string }) => `yesterday at ${time}`,
  aRoomWithoutAName: 'A room without a name',
  roomsOnThisServer: 'Rooms on this server',
  withAPassword: 'with a password',
  nobodyIsIn: 'nobody is in',
  oneIsIn: 'one is in',
  areIn: ({ people }: { people: number }) => `${people} are in`,
  yourRooms: 'Your rooms',
  onlyThisBrowserKeepsThis: 'Only this browser keeps this list. A room that you remove from it stays as it is, and its link still leads there.',
  lastThere: ({ whenText }: { whenText: string }) => `Last there ${whenText}`,
  youAreItsOrganiser: 'you are its organiser',
};
