// Tempo: tapped, in words, and where its beats lie. Pure.
import { SAMPLE_RATE } from '../../units.js';
import { LEAST_BPM, MOST_BPM } from '../../wire/control/plan.js';

/** A pause longer than this begins the tapping anew: it is a beat at the slowest tempo. */
const LONGEST_BEAT_MS = 60_000 / LEAST_BPM;
/** Beats that are looked at: those tapped last. */
const MOST_TAPS = 9;
const LEAST_TAPS = 3;

export function inBounds(bpm: number): number {
  return Math.min(MOST_BPM, Math.max(LEAST_BPM, Math.round(bpm * 10) / 10));
}

/** The taps of one tempo so far, the last at `nowMs`. */
export function tapped(taps: readonly number[], nowMs: number): number[] {
  const last = taps.at(-1);
  return last === undefined || nowMs - last > LONGEST_BEAT_MS ? [nowMs] : [...taps, nowMs].slice(-MOST_TAPS);
}

/** Beats a minute, whole; null until it was tapped often enough. */
export function tappedBpm(taps: readonly number[]): number | null {
  const [first, last] = [taps[0], taps.at(-1)];
  if (taps.length < LEAST_TAPS || first === undefined || last === undefined || last <= first) return null;
  return inBounds(Math.round((60_000 * (taps.length - 1)) / (last - first)));
}

/** Samples from the first beat of the music to beat `k`, which may be negative. */
export function beatSamples(bpm: number, k: number): number {
  return Math.round((k * 60 * SAMPLE_RATE * 10) / Math.round(bpm * 10));
}

/** The beat that sounds `samples` behind the first of the music. */
export function beatAt(bpm: number, samples: number): number {
  const guess = Math.floor((samples * bpm) / (60 * SAMPLE_RATE));
  for (let k = guess + 1; k >= guess; k--) if (beatSamples(bpm, k) <= samples) return k;
  return guess - 1;
}
