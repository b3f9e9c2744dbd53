export const language = {
  language: 'Language',
  missing: ({ name }: { name: string }) => `${name} could not be loaded. Look at your network, then choose it again.`,
};
