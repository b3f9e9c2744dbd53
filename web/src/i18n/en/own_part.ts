export const ownPart = {
  louder: 'My part louder',
  whoSingsItWithYou: ({ part }: { part: string }) => `Those who sing ${part} with you stand out from the others.`,
};
