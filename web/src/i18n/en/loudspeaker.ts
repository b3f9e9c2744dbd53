export const loudspeaker = {
  sMicrophoneHearsALoudspeaker: ({ name }: { name: string }) => `${name}’s microphone hears a loudspeaker.`,
  putIntoTheLastGroup: ({ name }: { name: string }) => `Put ${name} into the last group`,
  yourMicrophoneHearsYourLoudspeaker: 'Your microphone hears your loudspeaker.',
  putOnHeadphonesOrMake: 'Put on headphones, or make your sound softer.',
  putOnHeadphonesOrSing: 'Put on headphones, or sing in the last group, where it disturbs nobody.',
  singInTheLastGroup: 'Sing in the last group',
  itIsNotSo: 'It is not so',
};
