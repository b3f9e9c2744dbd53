export const net = {
  theServerGaveAnAnswer: 'The server gave an answer that this page does not understand. Reload the page.',
  theServerDoesNotAnswer: 'The server does not answer. It may be very busy, or your network very slow: try again in a moment.',
  theServerCannotBeReached: 'The server cannot be reached. Look at your network, then try again.',
  theFileIsTooLarge: 'The file is too large.',
  theServerIsTooBusy: 'The server is too busy just now. Try again in a moment.',
  theServerAnsweredWithAn: ({ status }: { status: number }) => `The server answered with an error (${status}). Try again in a moment.`,
  theUploadBrokeOffAnd: 'The upload broke off and could not go on for five minutes. Look at your network, then try again.',
  theUploadWasStopped: 'The upload was stopped.',
  somethingBetweenYouAndThe:
    'Something between you and the server (a proxy) refuses files of this size. Whoever runs this server can allow it there; a shorter or smaller file (MP3) may go through.',
};
