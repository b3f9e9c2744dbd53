import type { Words } from '../en/index.js';

export const idle: Words['idle'] = {
  youDidNotAnswerYou: 'No respondiste: ahora solo escuchas. Puedes volver a cantar cuando quieras.',
  areYouStillThere: '¿Sigues ahí?',
  iAmHere: 'Aquí estoy',
  othersSeeYouAsAway: ({ minutes }) => `Los demás te ven ausente. Si no respondes en ${minutes} minutos, solo escucharás.`,
};
