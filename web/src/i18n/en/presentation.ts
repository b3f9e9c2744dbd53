export const presentation = {
  connectionLostComingBack: 'Connection lost. Coming back ...',
  forTheHallsScreenEscape: 'For the hall’s screen. Escape leaves it.',
  showItOnAHalls: 'Show it on a hall’s screen',
};
