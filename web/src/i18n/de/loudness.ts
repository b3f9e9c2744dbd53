import type { Words } from '../en/index.js';

export const loudness: Words['loudness'] = {
  yourVoicesGain: 'Verstärkung deiner Stimme',
  howMuchLouderOrBelow:
    'Wie viel lauter (oder, unter 0, leiser) deine Stimme hinausgeht, als sie aus dem Mikrofon kommt. Ein paar Töne zu singen stellt es ein.',
  gainByHand: 'Verstärkung von Hand',
  howLoudYouSingInto:
    'Wie laut du in dieses Mikrofon singst, ist noch nicht gemessen: vielleicht hören dich die anderen zu leise oder zu laut. Es dauert fünf Sekunden.',
  singSomeNotes: 'Ein paar Töne singen',
  notNow: 'Nicht jetzt',
  yourVoiceGoesOutAs: 'Deine Stimme geht hinaus, wie sie ist.',
  notMeasuredYourMicrophoneGives:
    'Nicht gemessen: dein Mikrofon gibt gar keinen Ton. Sieh nach, ob es aus oder stumm geschaltet ist, oder wähle oben ein anderes.',
  notMeasuredNearlyNothingWas:
    'Nicht gemessen: es war fast nichts zu hören. Geh näher ans Mikrofon, oder stelle es in den Toneinstellungen deines Geräts lauter, und singe noch einmal.',
  notMeasuredNoiseWasHeard:
    'Nicht gemessen: es war Lärm zu hören, aber kein Gesang. Singe ein paar lange Töne, und schalte ab, was beim Mikrofon Lärm macht.',
  notMeasuredYouSangToo: 'Nicht gemessen: du hast zu wenig gesungen. Drücke „Noch einmal singen“ und singe, bis der Balken voll ist.',
  notMeasuredYouAreToo:
    'Nicht gemessen: du bist zu laut für dein Mikrofon. Stelle es in den Toneinstellungen deines Geräts leiser, oder tritt zurück, und singe noch einmal.',
  notMeasuredASongHas: 'Nicht gemessen: ein Lied hat begonnen. Miss noch einmal, wenn es vorbei ist.',
  notMeasuredTheSoundOf: 'Nicht gemessen: der Ton dieses Geräts wurde unterbrochen. Lass diese Seite vorn, bis es fertig ist.',
  makeYourVoiceAsLoud: 'Mach deine Stimme so laut wie die der anderen',
  singSomeNotesNowAs: 'Singe jetzt ein paar Töne, so laut wie nachher, bis der Balken voll ist.',
  howFarTheMeasuringIs: 'Wie weit die Messung ist',
  howLoudYouAre: 'Wie laut du bist',
  singSomeNotesForFive: 'Singe fünf Sekunden lang ein paar Töne, so laut wie nachher. Niemand hört es.',
  measured: ({ gainWords }) => `Gemessen. ${gainWords}`,
  measuredAlready: 'Schon gemessen',
  setByHand: 'Von Hand eingestellt',
  betweenSongsItCanBe: 'Zwischen den Liedern kannst du hier messen.',
  stop: 'Abbrechen',
  singNow: 'Jetzt singen',
  singAgain: 'Noch einmal singen',
  madeLouder: ({ db }) => `Deine Stimme wird um ${db} dB lauter, damit alle Stimmen gleich sind.`,
  madeSofter: ({ db }) => `Deine Stimme wird um ${db} dB leiser, damit alle Stimmen gleich sind.`,
};
