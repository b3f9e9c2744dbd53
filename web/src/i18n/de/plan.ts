import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

function beatsDe(count: number): string {
  return plural.de(count, { one: 'ein Schlag', other: `${count} Schläge` });
}

function afterBeatsDe(count: number): string {
  return plural.de(count, { one: 'einem Schlag', other: `${count} Schlägen` });
}

function repeatsDe(count: number): string {
  return plural.de(count, { one: 'noch einmal', other: `noch ${count} Mal` });
}

export const plan: Words['plan'] = {
  itClicksFromTheFirst: 'Es klickt vom ersten Schlag an.',
  theNextPartComesIn: ({ seconds }) =>
    `Die nächste Stimme setzt nach ${seconds} s ein. Benachbarte Gruppen singen verschiedene Stimmen, und für jede wird vorgezählt.`,
  aRepeatLastsSGroups: ({ seconds }) =>
    `Eine Wiederholung dauert ${seconds} s. Gruppen, die weiter hinter der Leitung stehen, rücken beim Beginn des Lieds auf.`,
  tempoAndRound: 'Tempo und Kanon',
  planOfTheNextSong: 'Plan für das nächste Lied',
  youCanPlanTheNext: 'Das nächste kannst du planen, wenn dieses Lied vorbei ist.',
  aTempo: 'Ein Tempo',
  forClicksForCountingIn: 'Für Klicks, fürs Vorzählen und für Kanons.',
  clicksDuringTheSong: 'Klicks während des Lieds',
  everybodyHearsThemAtHer: 'Alle hören sie so laut, wie sie mögen, oder gar nicht.',
  countingIn: 'Vorzählen',
  notCountedIn: 'keines',
  barsCountedIn: ({ bars }) => plural.de(bars, { one: '1 Takt', other: `${bars} Takte` }),
  singingARound: 'Im Kanon singen',
  noRound: 'kein Kanon',
  inPartsGroupsComeIn: 'in Stimmen: die Gruppen setzen nacheinander ein',
  byItselfWhatIsSung: 'von selbst: das Gesungene kommt wieder, während man weitersingt',
  tempo: 'Tempo',
  beatsAMinute: 'Schläge pro Minute',
  tapTheTempo: 'Tempo klopfen',
  hearTwoBars: 'Zwei Takte hören',
  beatsInABar: 'Schläge im Takt',
  parts: 'Stimmen',
  theNextComesInAfter: 'Die nächste setzt ein nach',
  comesAgainAfter: 'Kommt wieder nach',
  soOften: 'So oft',
  theLeadersVoiceAlone: 'Nur die Stimme der Leitung',
  nobodyElseIsHeardAgain: 'Sonst kommt niemand wieder.',
  beatsAMinuteInA: ({ bpm, beats }) => `${bpm} Schläge pro Minute, ${beatsDe(beats)} im Takt.`,
  countedIn: ({ bars }) => plural.de(bars, { one: 'Ein Takt wird vorgezählt.', other: 'Zwei Takte werden vorgezählt.' }),
  countedInAndClicking: ({ bars }) =>
    plural.de(bars, { one: 'Ein Takt wird vorgezählt, und es klickt weiter.', other: 'Zwei Takte werden vorgezählt, und es klickt weiter.' }),
  aRoundInPartsEach: ({ parts, beats }) => `Ein Kanon in ${parts} Stimmen: jede setzt ${beatsDe(beats)} nach der vorigen ein.`,
  leadersRound: ({ beats, repeats }) => `Ein Kanon: die Stimme der Leitung kommt nach ${afterBeatsDe(beats)} wieder, ${repeatsDe(repeats)}.`,
  everybodysRound: ({ beats, repeats }) => `Ein Kanon: jede Stimme kommt nach ${afterBeatsDe(beats)} wieder, ${repeatsDe(repeats)}.`,
  dealtByVoices: ({ voices }) => `Nach Stimmlagen verteilt: ${voices}.`,
  voiceSingsPart: ({ voice, part }) => `${voice} Stimme ${part}`,
  whoSingsWhichPart: 'Wer welche Stimme singt',
  asTheGroup: 'wie die Gruppe',
  partNumber: ({ part }) => `Stimme ${part}`,
  theseVoicesGoTo: 'Beim Beginn des Lieds gehen diese Stimmlagen in die nächste Gruppe, die ihre Stimme singt.',
};
