export const startMuted = {
  title: 'Microphones at first',
  startMuted: 'Many people: start with the microphone off',
  howItWorks: 'Singers who come in while so many are here begin with their microphone off, and switch it on themselves.',
  fromHowMany: 'From how many people on',
  atTheDoor: 'Many people are here: you come in with your microphone off, and switch it on with one press.',
  inTheRoom: 'Many people are here, so your microphone is off. Switch it on when you sing along.',
  switchOn: 'Switch it on',
};
