import type { Words } from '../en/index.js';

export const loudspeaker: Words['loudspeaker'] = {
  sMicrophoneHearsALoudspeaker: ({ name }) => `El micrófono de ${name} oye un altavoz.`,
  putIntoTheLastGroup: ({ name }) => `Poner a ${name} en el último grupo`,
  yourMicrophoneHearsYourLoudspeaker: 'Tu micrófono oye tu altavoz.',
  singInTheLastGroup: 'Cantar en el último grupo',
  itIsNotSo: 'No es así',
  theGroupsBehindHearTwice: ({ name }) =>
    `Los grupos de detrás oyen el canto dos veces. Pide a ${name} que se ponga auriculares; en el último grupo no molesta a nadie.`,
  putOnHeadphonesOrMake: 'Los demás oyen el canto dos veces. Ponte auriculares, o baja el sonido.',
  putOnHeadphonesOrSing: 'Los demás oyen el canto dos veces. Ponte auriculares, o canta en el último grupo, donde no molesta a nadie.',
};
