import type { Words } from '../en/index.js';

export const ownPart: Words['ownPart'] = {
  louder: 'Моя партия громче',
  whoSingsItWithYou: ({ part }) => `Те, кто поёт с вами партию «${part}», слышны громче остальных.`,
};
