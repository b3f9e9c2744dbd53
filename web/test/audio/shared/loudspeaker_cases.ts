// The kinds of songs that are judged: with an open loudspeaker, and with headphones.
import { judged } from './judged_song.js';
import { anyScene, type Scene } from './rendered_song.js';

type Case = readonly [name: string, change: Partial<Scene>];

const PHONES: Partial<Scene> = { leakDb: -Infinity, singerDb: 20 };

export const FOUND: readonly Case[] = [
  ['any room, a singer up to 20 dB louder', {}],
  ['the singer sings the same tune 20 dB louder', { singer: 'same tune', singerDb: 20 }],
  ['the singer is silent', { singer: 'silent' }],
];

export const HEADPHONES: readonly Case[] = [
  ['she sings the same tune', { ...PHONES, singer: 'same tune' }],
  ['she sings the same tune, with one voice and no drums', { ...PHONES, singer: 'same tune', voices: 1, drums: false }],
  ['what she sings is the very recording, each note at a time of its own', { ...PHONES, singer: 'same recording' }],
  ['a metronome ticks beside her', { ...PHONES, clicksDb: -20 }],
  ['she is silent', { ...PHONES, singer: 'silent' }],
  ['they can just be heard', { leakDb: -62, singerDb: 40, singer: 'same tune', noiseDb: -75 }],
];

export function seeds(count: number, first: number): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}

/** Of the open loudspeakers, a sentence for each that was not found within ten seconds, or with a delay that is wrong. */
export function unfound(among: number[], change: Partial<Scene>, mostErrorMs = 1): string[] {
  return among.flatMap((seed) => {
    const { openAtS, errorMs, verdict } = judged(anyScene(seed, { ...change, seconds: 10 }));
    if (openAtS === null) return [`${seed}: ${verdict.kind}`];
    return errorMs <= mostErrorMs ? [] : [`${seed}: wrong by ${errorMs.toFixed(1)} ms`];
  });
}

/** The headphones that were taken for an open loudspeaker at any time. */
export function alarms(among: number[], change: Partial<Scene>): string[] {
  return among.flatMap((seed) => {
    const { openAtS } = judged(anyScene(seed, { ...change, seconds: 16 }));
    return openAtS === null ? [] : [`${seed}: open at ${openAtS.toFixed(1)} s`];
  });
}
