export const programs = {
  pleaseGiveTheProgramA: 'Please give the program a name.',
  programs: 'Programs',
  anotherProgramCanDoIn:
    'Another program can do in this room what an organiser can: lights, a projector, a service. Each needs a token of its own. How it is used is told at',
  apiOpenapiJson: '/api/openapi.json',
  theTokenShownOnlyNow: 'The token, shown only now',
  nameOfOneMoreProgram: 'Name of one more program',
  makeAToken: 'Make a token',
  putAway: 'Put away',
  putTheTokenAway: 'Put away the token',
  since: ({ name, day }: { name: string; day: string }) => `\u2068${name}\u2069, since ${day}`,
  takeTheTokenAway: 'Take the token away',
  takeTheTokenOf: ({ name }: { name: string }) => `Take the token away: ${name}`,
};
