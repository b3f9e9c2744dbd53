import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

function beatsEs(count: number): string {
  return plural.es(count, { one: 'un tiempo', other: `${count} tiempos` });
}

function repeatsEs(count: number): string {
  return plural.es(count, { one: 'una vez más', other: `${count} veces más` });
}

export const plan: Words['plan'] = {
  itClicksFromTheFirst: 'Hay clics desde el primer tiempo.',
  theNextPartComesIn: ({ seconds }) =>
    `La siguiente voz entra a los ${seconds} s. Los grupos vecinos cantan voces distintas, y a cada uno se le cuenta su entrada.`,
  aRepeatLastsSGroups: ({ seconds }) =>
    `Una repetición dura ${seconds} s. Los grupos que están más lejos de quien dirige se acercan al empezar el canto.`,
  tempoAndRound: 'Tempo y canon',
  planOfTheNextSong: 'Plan del próximo canto',
  youCanPlanTheNext: 'Podrás preparar el próximo cuando acabe este canto.',
  aTempo: 'Un tempo',
  forClicksForCountingIn: 'Para los clics, la cuenta y los cánones.',
  clicksDuringTheSong: 'Clics durante el canto',
  everybodyHearsThemAtHer: 'Cada persona los oye a su volumen, o no los oye.',
  countingIn: 'Cuenta',
  notCountedIn: 'ninguna',
  barsCountedIn: ({ bars }) => plural.es(bars, { one: '1 compás', other: `${bars} compases` }),
  singingARound: 'Cantar en canon',
  noRound: 'sin canon',
  inPartsGroupsComeIn: 'por voces: los grupos entran uno tras otro',
  byItselfWhatIsSung: 'solo: lo cantado vuelve, mientras se sigue cantando',
  tempo: 'Tempo',
  beatsAMinute: 'pulsos por minuto',
  tapTheTempo: 'Marcar el tempo',
  hearTwoBars: 'Oír dos compases',
  beatsInABar: 'Tiempos por compás',
  parts: 'Voces',
  theNextComesInAfter: 'La siguiente entra a los',
  comesAgainAfter: 'Vuelve a los',
  soOften: 'Cuántas veces',
  theLeadersVoiceAlone: 'Solo la voz de quien dirige',
  nobodyElseIsHeardAgain: 'No vuelve nadie más.',
  beatsAMinuteInA: ({ bpm, beats }) => `${bpm} pulsos por minuto, ${beatsEs(beats)} por compás.`,
  countedIn: ({ bars }) => plural.es(bars, { one: 'Se cuenta un compás.', other: 'Se cuentan dos compases.' }),
  countedInAndClicking: ({ bars }) =>
    plural.es(bars, { one: 'Se cuenta un compás, y los clics siguen.', other: 'Se cuentan dos compases, y los clics siguen.' }),
  aRoundInPartsEach: ({ parts, beats }) => `Un canon a ${parts} voces: cada una entra ${beatsEs(beats)} después de la anterior.`,
  leadersRound: ({ beats, repeats }) => `Un canon: la voz de quien dirige vuelve tras ${beatsEs(beats)}, ${repeatsEs(repeats)}.`,
  everybodysRound: ({ beats, repeats }) => `Un canon: cada voz vuelve tras ${beatsEs(beats)}, ${repeatsEs(repeats)}.`,
  dealtByVoices: ({ voices }) => `Repartido por cuerdas: ${voices}.`,
  voiceSingsPart: ({ voice, part }) => `${voice} voz ${part}`,
  whoSingsWhichPart: 'Quién canta qué voz',
  asTheGroup: 'como el grupo',
  partNumber: ({ part }) => `voz ${part}`,
  theseVoicesGoTo: 'Al empezar el canto, estas cuerdas van al grupo más cercano que canta su voz.',
};
