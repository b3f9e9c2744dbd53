export const timing = {
  inTheLastSong: ({ told }: { told: string }) => `In the last song, ${told}`,
  youSangInTheLast: ({ told }: { told: string }) => `You sang ${told} in the last song, steadily.`,
  takeItBack: 'Take it back',
  putAway: 'Put away',
  onePressPutsThatRight: ({ ownTimingWords }: { ownTimingWords: string }) =>
    `${ownTimingWords} One press puts that right for this microphone and these headphones.`,
  putItRight: 'Put it right',
  notNow: 'Not now',
};
