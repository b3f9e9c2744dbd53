import type { Words } from '../en/index.js';

export const ownPart: Words['ownPart'] = {
  louder: 'Meine Stimme lauter',
  whoSingsItWithYou: ({ part }) => `Wer mit dir ${part} singt, ist deutlicher zu hören als die anderen.`,
};
