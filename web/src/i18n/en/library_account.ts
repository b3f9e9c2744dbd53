export const libraryAccount = {
  yourAccount: 'Your account',
  logInFirst: 'Log in to see your account.',
  nameForPlayers: 'User name',
  usedOn: ({ day }: { day: string }) => `used on ${day}`,
  madeOn: ({ day }: { day: string }) => `made on ${day}, not used yet`,
  whatTokensAre:
    'With a token a program of yours can do here what you can. Music players that ask for an API key take it too, in place of user name and password.',
  whatTheyCanDo: 'What programs can do here',
  whichProgram: 'Which program is it for?',
  tokenOnlyNow: ({ name }: { name: string }) => `Token for ${name}, shown only now`,
  whereLoggedIn: 'Where you are logged in',
  browserAt: ({ address, day }: { address: string; day: string }) => `From ${address}, used on ${day}`,
  thisBrowser: 'this browser',
  logItOut: 'Log it out',
  deleteAccount: 'Delete your account',
  howToDelete: 'Delete your account for good ...',
  whatGoes: 'The songs that you uploaded go with it, also those that others hear, and your playlists, favourites and ratings.',
};
