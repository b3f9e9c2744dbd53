import type { Words } from '../en/index.js';

export const loudness: Words['loudness'] = {
  yourVoicesGain: 'Ganancia de tu voz',
  howMuchLouderOrBelow: 'Cuánto más fuerte (o, por debajo de 0, más suave) sale tu voz de lo que llega del micrófono. Se ajusta cantando unas notas.',
  gainByHand: 'Ganancia a mano',
  howLoudYouSingInto:
    'Aún no se ha medido lo fuerte que cantas en este micrófono: quizá los demás te oyen demasiado bajo o demasiado fuerte. Se tarda cinco segundos.',
  singSomeNotes: 'Cantar unas notas',
  notNow: 'Ahora no',
  yourVoiceGoesOutAs: 'Tu voz sale tal cual.',
  notMeasuredYourMicrophoneGives: 'No se pudo medir: tu micrófono no da ningún sonido. Mira si está apagado o en silencio, o elige otro más arriba.',
  notMeasuredNearlyNothingWas:
    'No se pudo medir: casi no se oyó nada. Acércate al micrófono, o súbelo en los ajustes de sonido de tu dispositivo, y canta otra vez.',
  notMeasuredNoiseWasHeard: 'No se pudo medir: se oyó ruido, pero no canto. Canta unas notas largas y apaga lo que haga ruido cerca del micrófono.',
  notMeasuredYouSangToo: 'No se pudo medir: cantaste muy poco. Pulsa «Cantar otra vez» y canta hasta que la barra esté llena.',
  notMeasuredYouAreToo:
    'No se pudo medir: cantas demasiado fuerte para tu micrófono. Bájalo en los ajustes de sonido de tu dispositivo, o aléjate, y canta otra vez.',
  notMeasuredASongHas: 'No se pudo medir: ha empezado un canto. Mide otra vez cuando acabe.',
  notMeasuredTheSoundOf: 'No se pudo medir: se interrumpió el sonido de este dispositivo. Deja esta página delante hasta que acabe.',
  makeYourVoiceAsLoud: 'Poner tu voz al volumen de los demás',
  singSomeNotesNowAs: 'Canta ahora unas notas, tan fuerte como cantarás luego, hasta que la barra esté llena.',
  howFarTheMeasuringIs: 'Cuánto va medido',
  howLoudYouAre: 'Lo fuerte que cantas',
  singSomeNotesForFive: 'Canta unas notas durante cinco segundos, tan fuerte como cantarás luego. Nadie lo oye.',
  measured: ({ gainWords }) => `Medido. ${gainWords}`,
  measuredAlready: 'Ya medido',
  setByHand: 'Puesto a mano',
  betweenSongsItCanBe: 'Entre cantos se puede medir aquí.',
  stop: 'Parar',
  singNow: 'Cantar ya',
  singAgain: 'Cantar otra vez',
  madeLouder: ({ db }) => `Tu voz se sube ${db} dB, para que todas las voces sean iguales.`,
  madeSofter: ({ db }) => `Tu voz se baja ${db} dB, para que todas las voces sean iguales.`,
};
