export const loudspeaker = {
  sMicrophoneHearsALoudspeaker: ({ name }: { name: string }) => `${name}’s microphone hears a loudspeaker.`,
  putIntoTheLastGroup: ({ name }: { name: string }) => `Put ${name} into the last group`,
  yourMicrophoneHearsYourLoudspeaker: 'Your microphone hears your loudspeaker.',
  singInTheLastGroup: 'Sing in the last group',
  itIsNotSo: 'It is not so',
  theGroupsBehindHearTwice: ({ name }: { name: string }) =>
    `The groups behind hear the song twice. Ask ${name} to put on headphones; in the last group it disturbs nobody.`,
  putOnHeadphonesOrMake: 'The others hear the song twice. Put on headphones, or make your sound softer.',
  putOnHeadphonesOrSing: 'The others hear the song twice. Put on headphones, or sing in the last group, where it disturbs nobody.',
};
