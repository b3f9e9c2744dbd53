import type { Words } from '../en/index.js';

export const hand: Words['hand'] = {
  lowerYourHand: 'Bajar la mano',
  raiseYourHand: 'Levantar la mano',
  handsUp: 'Manos levantadas',
  lowerAllHands: 'Bajar todas las manos',
  lower: 'Bajar',
  lowerTheHandOf: ({ name }) => `Bajar la mano de ${name}`,
};
