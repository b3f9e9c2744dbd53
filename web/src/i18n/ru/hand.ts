import type { Words } from '../en/index.js';

export const hand: Words['hand'] = {
  lowerYourHand: 'Опустить руку',
  raiseYourHand: 'Поднять руку',
  handsUp: 'Поднятые руки',
  lowerAllHands: 'Опустить все руки',
  lower: 'Опустить',
  lowerTheHandOf: ({ name }) => `Опустить руку: ${name}`,
};
