export const idle = {
  youDidNotAnswerYou: 'You did not answer: you only listen now. You can sing again at any time.',
  areYouStillThere: 'Are you still there?',
  iAmHere: 'I am here',
  othersSeeYouAsAway: ({ minutes }: { minutes: number }) =>
    `Others see you as away. If you do not answer within ${minutes} minutes, you only listen.`,
};
