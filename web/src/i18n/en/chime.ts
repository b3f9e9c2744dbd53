export const chime = {
  aChimeWhenSomebodyComes: 'A chime when somebody comes in',
  neverInASong: 'Never in a song.',
};
