import type { Words } from '../en/index.js';

export const calibration: Words['calibration'] = {
  measuredSteadyTo: ({ inMs, inMs2 }) => `Mesuré : ${inMs} (à ${inMs2} près).`,
  checkedItIsStill: ({ inMs }) => `Vérifié : c’est toujours ${inMs}.`,
  itIsNotAnyMore: ({ inMs, inMs2 }) => `Ce n’est plus ${inMs} : cette fois, c’était ${inMs2}. Mesurez de nouveau.`,
  notMeasuredYourMicrophoneGives:
    'Pas de mesure : votre microphone ne donne aucun son. Regardez s’il est éteint ou coupé, ou choisissez-en un autre plus haut.',
  notMeasuredYourMicrophoneDid: 'Pas de mesure : votre microphone n’a pas entendu les bips. Tenez le casque tout près de lui, et montez le son.',
  notMeasuredTheChirpsCame: 'Pas de mesure : les bips étaient trop faibles. Montez le son, ou tenez le casque plus près du microphone.',
  notMeasuredSomethingElseWas:
    'Pas de mesure : autre chose était trop fort. Attendez le calme autour de vous, et tenez le casque tout près du microphone.',
  notMeasuredTheChirpsCame2:
    'Pas de mesure : les bips sont arrivés deux fois. Coupez ce qui vous renvoie votre microphone, ou un deuxième haut-parleur.',
  notMeasuredTheDelayChanges:
    'Pas de mesure : le retard change d’un bip à l’autre. Fermez d’autres programmes ; au lieu du Bluetooth, prenez un casque filaire.',
  notMeasuredNoneOfYour:
    'Pas de mesure : aucun de vos coups n’a été entendu. Regardez si le bon microphone est choisi plus haut, et tapez dessus du doigt.',
  notMeasuredThereWereToo:
    'Pas de mesure : il y a eu trop peu de coups. Tapez une fois à chaque clic ; si le microphone écoute, sur le microphone lui-même.',
  notMeasuredTheTapsCame: 'Pas de mesure : les coups étaient trop irréguliers. Écoutez les premiers clics, puis tapez exactement avec chacun.',
  notMeasuredASongHas: 'Pas de mesure : un chant a commencé. Mesurez de nouveau quand il sera fini.',
  notMeasuredTheSoundOf: 'Pas de mesure : le son de cet appareil a été interrompu. Laissez cette page devant jusqu’à la fin.',
  youHearClicksTapWith:
    'Vous entendez des clics : tapez du doigt sur le microphone, ou dans vos mains tout près, exactement avec chacun, jusqu’à la fin.',
  youHearClicksPressThe: 'Vous entendez des clics : appuyez sur le bouton ci-dessous, ou sur une touche, exactement avec chacun, jusqu’à la fin.',
  listeningToTheChirpsKeep: 'Écoute des bips : gardez le casque près du microphone, et restez en silence.',
  youMayGoInAll:
    'Vous pouvez entrer quand même : tapez en mesure, ou venez écouter. Qui chante sans cette mesure arrive peut-être en retard chez les autres.',
  theDelayOfYourSound: 'Le retard de votre carte son n’est pas encore mesuré : les autres vous entendent peut-être en retard.',
  itTakesFiveSeconds: ({ why }) => `${why} Cela prend cinq secondes.`,
  measureItAgain: 'Mesurer de nouveau',
  measureIt: 'Mesurer',
  notNow: 'Pas maintenant',
  measureTheDelayOfYour: 'Mesurer le retard de votre carte son',
  howFarTheMeasuringIs: 'Où en est la mesure',
  itBringsYourVoiceTo:
    'Votre voix arrive ainsi en mesure chez les autres. Tenez un côté du casque contre le microphone, et commencez : six bips doux, cinq secondes.',
  tapHere: 'Tapez ici',
  betweenSongsItCanBe: 'Entre les chants, on peut mesurer ici.',
  measureWhenTheSongIs: 'Mesurer à la fin du chant',
  waitingForTheEndOf: 'En attente de la fin du chant : les bips commenceront d’eux-mêmes. Laissez ceci ouvert, et le casque près du microphone.',
  stop: 'Arrêter',
  checkItIn2Seconds: 'Vérifier en 2 secondes',
  measureAgain: 'Mesurer de nouveau',
  start: 'Commencer',
  tapAlongInstead: 'Plutôt taper en mesure',
  tapOnAKeyOr: 'Taper sur une touche ou l’écran',
  comeInToListen: 'Entrer pour écouter',
  measured: 'Mesuré',
  tappedLessExact: 'Tapé (moins exact)',
  alreadyForTheseDevicesThe: ({ how, inMs }) => `${how} déjà pour ces appareils ; la correction est de ${inMs}.`,
  ms: ({ ms }) => `${ms} ms`,
  tapped: ({ ms, spread }) => `Tapé : ${ms} ms (à ${spread} ms près). Moins exact que les bips.`,
  tappedOnKeys: ({ ms, spread }) =>
    `Tapé : ${ms} ms (à ${spread} ms près). Moins exact que les bips : touches et écrans répondent quelques centièmes de seconde trop tard.`,
  heardLateInTheSong: ({ found, used }) =>
    `Pendant le chant, votre son est revenu après ${found} ms, au lieu de ${used} ms : les autres vous entendent peut-être en retard.`,
  heardEarlyInTheSong: ({ found, used }) =>
    `Pendant le chant, votre son est revenu après ${found} ms, au lieu de ${used} ms : les autres vous entendent peut-être en avance.`,
};
