import type { Words } from '../en/index.js';

export const idle: Words['idle'] = {
  youDidNotAnswerYou: 'Vous n’avez pas répondu : vous écoutez seulement, maintenant. Vous pouvez chanter de nouveau à tout moment.',
  areYouStillThere: 'Êtes-vous encore là ?',
  iAmHere: 'Je suis là',
  othersSeeYouAsAway: ({ minutes }) => `Les autres vous voient absent. Sans réponse d’ici ${minutes} minutes, vous écouterez seulement.`,
};
