export const programs = {
  pleaseGiveTheProgramA: 'Please give the program a name.',
  programs: 'Programs',
  anotherProgramCanDoIn:
    'Another program can do in this room what an organiser can: lights, a projector, a service. Each needs a token of its own. How it is used is told at',
  apiOpenapiJson: '/api/openapi.json',
  theTokenShownOnlyNow: 'The token, shown only now',
  theToken: 'the token',
  nameOfOneMoreProgram: 'Name of one more program',
  makeAToken: 'Make a token',
};
