import type { Words } from '../en/index.js';

export const ownPart: Words['ownPart'] = {
  louder: 'Mon pupitre plus fort',
  whoSingsItWithYou: ({ part }) => `Les voix qui chantent ${part} avec vous ressortent davantage.`,
};
