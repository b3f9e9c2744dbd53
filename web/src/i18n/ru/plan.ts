import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

function beatsRu(count: number): string {
  return plural.ru(count, { one: `${count} доля`, few: `${count} доли`, many: `${count} долей` });
}

/** "через одну долю" */
function afterBeatsRu(count: number): string {
  return plural.ru(count, { one: `${count} долю`, few: `${count} доли`, many: `${count} долей` });
}

function repeatsRu(count: number): string {
  return plural.ru(count, { one: `ещё ${count} раз`, few: `ещё ${count} раза`, many: `ещё ${count} раз` });
}

function perMinuteRu(count: number): string {
  return plural.ru(count, { one: `${count} удар`, few: `${count} удара`, many: `${count} ударов` });
}

export const plan: Words['plan'] = {
  itClicksFromTheFirst: 'Щелчки с первой доли.',
  theNextPartComesIn: ({ seconds }) =>
    `Следующий голос вступает через ${seconds} с. Соседние группы поют разные голоса, и каждому отсчитывают вступление.`,
  aRepeatLastsSGroups: ({ seconds }) => `Повтор длится ${seconds} с. Группы, которые стоят дальше от ведущего, в начале песни подтягиваются.`,
  tempoAndRound: 'Темп и канон',
  planOfTheNextSong: 'План следующей песни',
  youCanPlanTheNext: 'Следующую можно готовить, когда закончится эта песня.',
  aTempo: 'Темп',
  forClicksForCountingIn: 'Для щелчков, отсчёта и канонов.',
  clicksDuringTheSong: 'Щелчки во время песни',
  everybodyHearsThemAtHer: 'Каждый слышит их со своей громкостью или не слышит совсем.',
  countingIn: 'Отсчёт',
  notCountedIn: 'без него',
  barsCountedIn: ({ bars }) => plural.ru(bars, { one: `${bars} такт`, few: `${bars} такта`, many: `${bars} тактов` }),
  singingARound: 'Пение каноном',
  noRound: 'без канона',
  inPartsGroupsComeIn: 'по голосам: группы вступают одна за другой',
  byItselfWhatIsSung: 'сам собой: спетое возвращается, пока поют дальше',
  tempo: 'Темп',
  beatsAMinute: 'ударов в минуту',
  tapTheTempo: 'Отстучать темп',
  hearTwoBars: 'Послушать два такта',
  beatsInABar: 'Долей в такте',
  parts: 'Голоса',
  theNextComesInAfter: 'Следующий вступает через',
  comesAgainAfter: 'Возвращается через',
  soOften: 'Сколько раз',
  theLeadersVoiceAlone: 'Только голос ведущего',
  nobodyElseIsHeardAgain: 'Больше ничей голос не возвращается.',
  beatsAMinuteInA: ({ bpm, beats }) => `${perMinuteRu(bpm)} в минуту, ${beatsRu(beats)} в такте.`,
  countedIn: ({ bars }) =>
    plural.ru(bars, { one: 'Отсчитывается один такт.', few: `Отсчитывается ${bars} такта.`, many: `Отсчитывается ${bars} тактов.` }),
  countedInAndClicking: ({ bars }) =>
    plural.ru(bars, {
      one: 'Отсчитывается один такт, и щелчки идут дальше.',
      few: `Отсчитывается ${bars} такта, и щелчки идут дальше.`,
      many: `Отсчитывается ${bars} тактов, и щелчки идут дальше.`,
    }),
  aRoundInPartsEach: ({ parts, beats }) => `Канон, голосов: ${parts}. Каждый вступает через ${afterBeatsRu(beats)} после предыдущего.`,
  leadersRound: ({ beats, repeats }) => `Канон: голос ведущего возвращается через ${afterBeatsRu(beats)}, ${repeatsRu(repeats)}.`,
  everybodysRound: ({ beats, repeats }) => `Канон: каждый голос возвращается через ${afterBeatsRu(beats)}, ${repeatsRu(repeats)}.`,
  dealtByVoices: ({ voices }) => `По партиям: ${voices}.`,
  voiceSingsPart: ({ voice, part }) => `${voice}: голос ${part}`,
  whoSingsWhichPart: 'Кто какой голос поёт',
  asTheGroup: 'как группа',
  partNumber: ({ part }) => `голос ${part}`,
  theseVoicesGoTo: 'В начале песни эти партии переходят в ближайшую группу, которая поёт их голос.',
};
