import { plural } from '../plural.js';

function beatsEn(count: number): string {
  return plural.en(count, { one: 'one beat', other: `${count} beats` });
}

function repeatsEn(count: number): string {
  return plural.en(count, { one: 'once more', other: `${count} times more` });
}

export const plan = {
  itClicksFromTheFirst: 'It clicks from the first beat on.',
  theNextPartComesIn: ({ seconds }: { seconds: number }) =>
    `The next part comes in after ${seconds} s. Neighbouring groups sing different parts, and each is counted in.`,
  aRepeatLastsSGroups: ({ seconds }: { seconds: number }) =>
    `A repeat lasts ${seconds} s. Groups that stand further behind the leader than that are drawn up when the song starts.`,
  tempoAndRound: 'Tempo and round',
  planOfTheNextSong: 'Plan of the next song',
  youCanPlanTheNext: 'You can plan the next song when this one is over.',
  aTempo: 'A tempo',
  forClicksForCountingIn: 'For clicks, for counting in, and for rounds.',
  clicksDuringTheSong: 'Clicks during the song',
  everybodyHearsThemAtHer: 'Everybody hears them at her own volume, or not at all.',
  countingIn: 'Counting in',
  notCountedIn: 'none',
  barsCountedIn: ({ bars }: { bars: number }) => plural.en(bars, { one: '1 bar', other: `${bars} bars` }),
  singingARound: 'Singing a round',
  noRound: 'no round',
  inPartsGroupsComeIn: 'in parts: groups come in one after the other',
  byItselfWhatIsSung: 'by itself: what is sung comes again, while one sings on',
  tempo: 'Tempo',
  beatsAMinute: 'beats a minute',
  tapTheTempo: 'Tap the tempo',
  hearTwoBars: 'Hear two bars',
  beatsInABar: 'Beats in a bar',
  parts: 'Parts',
  theNextComesInAfter: 'The next comes in after',
  comesAgainAfter: 'Comes again after',
  soOften: 'So often',
  theLeadersVoiceAlone: 'The leader’s voice alone',
  nobodyElseIsHeardAgain: 'Nobody else is heard again.',
  beatsAMinuteInA: ({ bpm, beats }: { bpm: number; beats: number }) => `${bpm} beats a minute, ${beatsEn(beats)} in a bar.`,
  countedIn: ({ bars }: { bars: number }) => plural.en(bars, { one: 'One bar is counted in.', other: 'Two bars are counted in.' }),
  countedInAndClicking: ({ bars }: { bars: number }) =>
    plural.en(bars, { one: 'One bar is counted in, and it clicks on.', other: 'Two bars are counted in, and it clicks on.' }),
  aRoundInPartsEach: ({ parts, beats }: { parts: number; beats: number }) =>
    `A round in ${parts} parts: each comes in ${beatsEn(beats)} behind the one before.`,
  leadersRound: ({ beats, repeats }: { beats: number; repeats: number }) =>
    `A round: the leader’s voice comes again after ${beatsEn(beats)}, ${repeatsEn(repeats)}.`,
  everybodysRound: ({ beats, repeats }: { beats: number; repeats: number }) =>
    `A round: each voice comes again after ${beatsEn(beats)}, ${repeatsEn(repeats)}.`,
  dealtByVoices: ({ voices }: { voices: string }) => `Dealt by voices: ${voices}.`,
  voiceSingsPart: ({ voice, part }: { voice: string; part: number }) => `${voice} part ${part}`,
  whoSingsWhichPart: 'Who sings which part',
  asTheGroup: 'as the group',
  partNumber: ({ part }: { part: number }) => `part ${part}`,
  theseVoicesGoTo: 'When the song starts, these voices go to the nearest group that sings their part.',
};
