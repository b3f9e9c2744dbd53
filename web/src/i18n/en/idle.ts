export const idle = {
  youDidNotAnswerYou: 'You did not answer: you only listen now. You can sing again at any time.',
  areYouStillThere: 'Are you still there?',
  iAmHere: 'I am here',
};
