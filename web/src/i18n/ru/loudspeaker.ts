import type { Words } from '../en/index.js';

export const loudspeaker: Words['loudspeaker'] = {
  sMicrophoneHearsALoudspeaker: ({ name }) => `${name}: микрофон слышит динамик.`,
  putIntoTheLastGroup: ({ name }) => `В последнюю группу: ${name}`,
  yourMicrophoneHearsYourLoudspeaker: 'Ваш микрофон слышит ваш динамик.',
  singInTheLastGroup: 'Петь в последней группе',
  itIsNotSo: 'Это не так',
  theGroupsBehindHearTwice: ({ name }) =>
    `Группы позади слышат песню дважды. Попросите надеть наушники: ${name}; в последней группе это никому не мешает.`,
  putOnHeadphonesOrMake: 'Остальные слышат песню дважды. Наденьте наушники или сделайте звук тише.',
  putOnHeadphonesOrSing: 'Остальные слышат песню дважды. Наденьте наушники или пойте в последней группе, где это никому не мешает.',
};
