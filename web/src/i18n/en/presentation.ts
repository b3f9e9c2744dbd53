export const presentation = {
  connectionLostComingBack: 'Connection lost. Coming back ...',
  forTheHallsScreenEscape: 'For the hall’s screen. Escape leaves it.',
  showItOnAHalls: 'Show it on a hall’s screen',
  ourRoom: 'Our room',
  leads: ({ name }: { name: string }) => `${name} leads`,
  theSongHasNotStarted: 'The song has not started yet.',
  nobodyLeadsYet: 'Nobody leads yet.',
  getReady: 'Get ready.',
  sing: 'Sing.',
  theSongIsOverHere: 'The song is over here.',
  itEndsIn: ({ seconds }: { seconds: number }) => `It ends in ${seconds} s.`,
};
