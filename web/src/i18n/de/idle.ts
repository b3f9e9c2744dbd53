import type { Words } from '../en/index.js';

export const idle: Words['idle'] = {
  youDidNotAnswerYou: 'Du hast nicht geantwortet: jetzt hörst du nur zu. Du kannst jederzeit wieder singen.',
  areYouStillThere: 'Bist du noch da?',
  iAmHere: 'Ich bin da',
  othersSeeYouAsAway: ({ minutes }) => `Die anderen sehen dich als abwesend. Wenn du in ${minutes} Minuten nicht antwortest, hörst du nur noch zu.`,
};
