export const timing = {
  takeItBack: 'Take it back',
  putAway: 'Put away',
  onePressPutsThatRight: ({ ownTimingWords }: { ownTimingWords: string }) =>
    `${ownTimingWords} One press puts that right for this microphone and these headphones.`,
  putItRight: 'Put it right',
  notNow: 'Not now',
  lateInTheLastSong: ({ ms }: { ms: number }) => `In the last song, about ${ms} ms late`,
  earlyInTheLastSong: ({ ms }: { ms: number }) => `In the last song, about ${ms} ms early`,
  youSangLate: ({ ms }: { ms: number }) => `You sang about ${ms} ms late in the last song, steadily.`,
  youSangEarly: ({ ms }: { ms: number }) => `You sang about ${ms} ms early in the last song, steadily.`,
  comesEarlierNow: ({ ms }: { ms: number }) => `Done: your voice comes ${ms} ms earlier from now on.`,
  comesLaterNow: ({ ms }: { ms: number }) => `Done: your voice comes ${ms} ms later from now on.`,
  lateInTheSongBefore: ({ ms }: { ms: number }) => `In the song before the last one, about ${ms} ms late`,
  earlyInTheSongBefore: ({ ms }: { ms: number }) => `In the song before the last one, about ${ms} ms early`,
  youSangLateBefore: ({ ms }: { ms: number }) => `You sang about ${ms} ms late in the song before the last one, steadily.`,
  youSangEarlyBefore: ({ ms }: { ms: number }) => `You sang about ${ms} ms early in the song before the last one, steadily.`,
};
