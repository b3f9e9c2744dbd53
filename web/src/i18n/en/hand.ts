export const hand = {
  lowerYourHand: 'Lower your hand',
  raiseYourHand: 'Raise your hand',
  handsUp: 'Hands up',
  theHandOf: ({ name }: { name: string }) => `the hand of ${name}`,
  lowerAllHands: 'Lower all hands',
};
