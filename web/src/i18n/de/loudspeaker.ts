import type { Words } from '../en/index.js';

export const loudspeaker: Words['loudspeaker'] = {
  sMicrophoneHearsALoudspeaker: ({ name }) => `Das Mikrofon von ${name} hört einen Lautsprecher.`,
  putIntoTheLastGroup: ({ name }) => `${name} in die letzte Gruppe`,
  yourMicrophoneHearsYourLoudspeaker: 'Dein Mikrofon hört deinen Lautsprecher.',
  singInTheLastGroup: 'In der letzten Gruppe singen',
  itIsNotSo: 'Stimmt nicht',
  theGroupsBehindHearTwice: ({ name }) =>
    `Die Gruppen dahinter hören das Lied doppelt. Bitte ${name}, Kopfhörer aufzusetzen; in der letzten Gruppe stört es niemanden.`,
  putOnHeadphonesOrMake: 'Die anderen hören das Lied doppelt. Setze Kopfhörer auf, oder stelle leiser.',
  putOnHeadphonesOrSing: 'Die anderen hören das Lied doppelt. Setze Kopfhörer auf, oder singe in der letzten Gruppe, wo es niemanden stört.',
};
