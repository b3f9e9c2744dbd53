import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

function beatsFr(count: number): string {
  return plural.fr(count, { one: 'un temps', other: `${count} temps` });
}

function repeatsFr(count: number): string {
  return plural.fr(count, { one: 'encore une fois', other: `encore ${count} fois` });
}

export const plan: Words['plan'] = {
  itClicksFromTheFirst: 'Le clic part du premier temps.',
  theNextPartComesIn: ({ seconds }) =>
    `La voix suivante entre après ${seconds} s. Les groupes voisins chantent des voix différentes, et chacun a son décompte.`,
  aRepeatLastsSGroups: ({ seconds }) =>
    `Une reprise dure ${seconds} s. Les groupes plus loin que cela derrière la tête sont rapprochés au début du chant.`,
  tempoAndRound: 'Tempo et canon',
  planOfTheNextSong: 'Plan du prochain chant',
  youCanPlanTheNext: 'Vous pourrez préparer le prochain quand ce chant sera fini.',
  aTempo: 'Un tempo',
  forClicksForCountingIn: 'Pour les clics, le décompte et les canons.',
  clicksDuringTheSong: 'Des clics pendant le chant',
  everybodyHearsThemAtHer: 'Chaque personne les entend à son volume, ou pas du tout.',
  countingIn: 'Décompte',
  notCountedIn: 'aucun',
  barsCountedIn: ({ bars }) => plural.fr(bars, { one: '1 mesure', other: `${bars} mesures` }),
  singingARound: 'Chanter en canon',
  noRound: 'pas de canon',
  inPartsGroupsComeIn: 'par voix : les groupes entrent l’un après l’autre',
  byItselfWhatIsSung: 'de lui-même : ce qu’on chante revient, pendant qu’on continue',
  tempo: 'Tempo',
  beatsAMinute: 'battements par minute',
  tapTheTempo: 'Taper le tempo',
  hearTwoBars: 'Écouter deux mesures',
  beatsInABar: 'Temps par mesure',
  parts: 'Voix',
  theNextComesInAfter: 'La suivante entre après',
  comesAgainAfter: 'Revient après',
  soOften: 'Combien de fois',
  theLeadersVoiceAlone: 'Seulement la voix de tête',
  nobodyElseIsHeardAgain: 'Personne d’autre ne revient.',
  beatsAMinuteInA: ({ bpm, beats }) => `${bpm} battements par minute, ${beatsFr(beats)} par mesure.`,
  countedIn: ({ bars }) => plural.fr(bars, { one: 'Une mesure de décompte.', other: 'Deux mesures de décompte.' }),
  countedInAndClicking: ({ bars }) =>
    plural.fr(bars, { one: 'Une mesure de décompte, et le clic continue.', other: 'Deux mesures de décompte, et le clic continue.' }),
  aRoundInPartsEach: ({ parts, beats }) => `Un canon à ${parts} voix : chacune entre ${beatsFr(beats)} après la précédente.`,
  leadersRound: ({ beats, repeats }) => `Un canon : la voix de tête revient après ${beatsFr(beats)}, ${repeatsFr(repeats)}.`,
  everybodysRound: ({ beats, repeats }) => `Un canon : chaque voix revient après ${beatsFr(beats)}, ${repeatsFr(repeats)}.`,
  dealtByVoices: ({ voices }) => `Réparti par pupitres : ${voices}.`,
  voiceSingsPart: ({ voice, part }) => `${voice} voix ${part}`,
  whoSingsWhichPart: 'Qui chante quelle voix',
  asTheGroup: 'comme le groupe',
  partNumber: ({ part }) => `voix ${part}`,
  theseVoicesGoTo: 'Au début du chant, ces pupitres vont dans le groupe le plus proche qui chante leur voix.',
};
