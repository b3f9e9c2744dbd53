import type { Words } from '../en/index.js';

export const startMuted: Words['startMuted'] = {
  title: 'Mikrofone am Anfang',
  startMuted: 'Bei vielen: Mikrofon zuerst aus',
  howItWorks: 'Wer zum Singen hereinkommt, wenn so viele da sind, beginnt mit ausgeschaltetem Mikrofon und schaltet es selbst ein.',
  fromHowMany: 'Ab wie vielen Personen',
  atTheDoor: 'Hier sind viele: Du kommst mit ausgeschaltetem Mikrofon herein und schaltest es mit einem Druck ein.',
  inTheRoom: 'Hier sind viele, darum ist dein Mikrofon aus. Schalte es ein, wenn du mitsingst.',
  switchOn: 'Einschalten',
};
