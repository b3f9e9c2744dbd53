// What the worklet can play to measure the round trip: a sound, again and again. Pure.
import { chirp, ONSETS, PROBE_FRAMES, QUICK_FRAMES, QUICK_ONSETS } from './round_trip_probe.js';
import { click, CLICK_ONSETS, CLICKS_FRAMES } from './round_trip_taps.js';

export interface Probe {
  readonly sound: Float32Array;
  /** Frames from the beginning to each time that it sounds. */
  readonly onsets: readonly number[];
  /** Until all that belongs to it has been heard. */
  readonly frames: number;
}

export type ProbeName = 'chirps' | 'clicks' | 'quick';

/** Their numbers in the shared memory, from 1. */
export const PROBE_NAMES: readonly ProbeName[] = ['chirps', 'clicks', 'quick'];

export function makeProbe(name: ProbeName): Probe {
  switch (name) {
    case 'chirps':
      return { sound: chirp(), onsets: ONSETS, frames: PROBE_FRAMES };
    case 'quick':
      return { sound: chirp(), onsets: QUICK_ONSETS, frames: QUICK_FRAMES };
    case 'clicks':
      return { sound: click(), onsets: CLICK_ONSETS, frames: CLICKS_FRAMES };
  }
}
