export const hand = {
  lowerYourHand: 'Lower your hand',
  raiseYourHand: 'Raise your hand',
  handsUp: 'Hands up',
  lowerAllHands: 'Lower all hands',
  lower: 'Lower',
  lowerTheHandOf: ({ name }: { name: string }) => `Lower the hand of ${name}`,
};
