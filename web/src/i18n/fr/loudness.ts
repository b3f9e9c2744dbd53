import type { Words } from '../en/index.js';

export const loudness: Words['loudness'] = {
  yourVoicesGain: 'Gain de votre voix',
  howMuchLouderOrBelow:
    'De combien votre voix part plus fort (ou, sous 0, plus doucement) qu’elle ne vient du microphone. Chanter quelques notes le règle.',
  gainByHand: 'Gain à la main',
  howLoudYouSingInto:
    'On ne sait pas encore à quel volume vous chantez dans ce microphone : les autres vous entendent peut-être trop bas ou trop fort. Cela prend cinq secondes.',
  singSomeNotes: 'Chanter quelques notes',
  notNow: 'Pas maintenant',
  yourVoiceGoesOutAs: 'Votre voix part telle quelle.',
  notMeasuredYourMicrophoneGives:
    'Pas de mesure : votre microphone ne donne aucun son. Regardez s’il est éteint ou coupé, ou choisissez-en un autre plus haut.',
  notMeasuredNearlyNothingWas:
    'Pas de mesure : on n’a presque rien entendu. Approchez-vous du microphone, ou montez-le dans les réglages du son de votre appareil, et chantez de nouveau.',
  notMeasuredNoiseWasHeard:
    'Pas de mesure : on a entendu du bruit, mais aucun chant. Chantez quelques notes longues, et coupez ce qui fait du bruit près du microphone.',
  notMeasuredYouSangToo: 'Pas de mesure : vous avez trop peu chanté. Appuyez sur « Rechanter », et chantez jusqu’à ce que la barre soit pleine.',
  notMeasuredYouAreToo:
    'Pas de mesure : vous êtes trop fort pour votre microphone. Baissez-le dans les réglages du son de votre appareil, ou reculez, et chantez de nouveau.',
  notMeasuredASongHas: 'Pas de mesure : un chant a commencé. Mesurez de nouveau quand il sera fini.',
  notMeasuredTheSoundOf: 'Pas de mesure : le son de cet appareil a été interrompu. Laissez cette page devant jusqu’à la fin.',
  makeYourVoiceAsLoud: 'Mettre votre voix au volume des autres',
  singSomeNotesNowAs: 'Chantez maintenant quelques notes, aussi fort que vous chanterez, jusqu’à ce que la barre soit pleine.',
  howFarTheMeasuringIs: 'Où en est la mesure',
  howLoudYouAre: 'Votre volume',
  singSomeNotesForFive: 'Chantez quelques notes pendant cinq secondes, aussi fort que vous chanterez. Personne n’entend.',
  measured: ({ gainWords }) => `Mesuré. ${gainWords}`,
  measuredAlready: 'Déjà mesuré',
  setByHand: 'Réglé à la main',
  betweenSongsItCanBe: 'Entre les chants, on peut mesurer ici.',
  stop: 'Arrêter',
  singNow: 'Chanter',
  singAgain: 'Rechanter',
  madeLouder: ({ db }) => `Votre voix est montée de ${db} dB, pour que toutes les voix soient égales.`,
  madeSofter: ({ db }) => `Votre voix est baissée de ${db} dB, pour que toutes les voix soient égales.`,
};
