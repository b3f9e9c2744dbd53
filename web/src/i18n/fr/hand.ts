import type { Words } from '../en/index.js';

export const hand: Words['hand'] = {
  lowerYourHand: 'Baisser la main',
  raiseYourHand: 'Lever la main',
  handsUp: 'Mains levées',
  lowerAllHands: 'Baisser toutes les mains',
  lower: 'Baisser',
  lowerTheHandOf: ({ name }) => `Baisser la main de ${name}`,
};
