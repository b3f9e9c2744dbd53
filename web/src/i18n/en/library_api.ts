export const libraryApi = {
  forPrograms: 'For programs',
  whatAProgramCan: 'What a program can do in this library, by HTTP. The descriptions are in English.',
  asAFile: 'All of it as a file (OpenAPI)',
  everybody: 'everybody',
  whoMay: 'Who may',
  inTheAddress: 'In the address',
  whatIsSent: 'What is sent',
  whatIsAnswered: 'What is answered',
  whatStandsInThem: 'What stands in them',
  addressesBegin: 'All addresses begin with',
  whereTokensAre: 'Tokens are made in your account',
};
