export const settings = {
  aSongIsOnYou: 'A song is on. You can change the groups and their time once it is over.',
  settingsOfTheRoom: 'Settings of the room',
  timeFromOneGroupTo: 'Time from one group to the next',
  automatic: 'Automatic',
  chosenAtEachSongsStart: 'Chosen at each song’s start, as short as everybody’s connection allows. Slow connections sing in the last group.',
  byHand: 'By hand',
  theSameForEverySong: 'The same for every song: one second works nearly everywhere.',
  timeBetweenGroups: 'Time between groups',
  groups: 'Groups',
  withMoreGroupsTheLast: 'With more groups, the last one hears more voices, but waits longer.',
  automaticLevel: 'Automatic level',
  theMorePeopleSingThe: 'The more people sing, the softer each becomes, so that all together never get too loud.',
};
