import type { Words } from '../en/index.js';

export const hand: Words['hand'] = {
  lowerYourHand: 'Hand senken',
  raiseYourHand: 'Hand heben',
  handsUp: 'Gehobene Hände',
  lowerAllHands: 'Alle Hände senken',
  lower: 'Senken',
  lowerTheHandOf: ({ name }) => `Die Hand von ${name} senken`,
};
