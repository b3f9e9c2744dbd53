// Whether a microphone hears the loudspeaker: from what was played and what was heard in a song, window by window. A copy that comes by the air shows at
// the same delay, to a fraction of a millisecond, in nearly every window. Somebody who sings the same tune never does that: her pitch and her times are her
// own. Headphones that can just be heard harm nobody and do not count. Pure; not for worklets.
// Measured on rendered rooms: test/audio/shared/open_loudspeaker.test.ts.
import { DELAY_STEP, DELAYS, LEAK_RATE, type Leaks } from './leak_correlation.js';
import { decibels } from './decibels.js';

export type Verdict =
  /** Nothing can be said yet: too little was played, or it is neither clear nor excluded. */
  | { kind: 'unsure' }
  | { kind: 'closed' }
  /** `levelDb`: of the copy, under the loudest that the microphone heard; `delayMs`: from the loudspeaker's frame to the microphone's. */
  | { kind: 'open'; delayMs: number; levelDb: number };

/** Windows that are judged together; each lasts a second. */
export const WINDOWS = 10;
const LEAST_WINDOWS = 8;
/** A window counts to this height at most: one that fits by chance decides nothing. */
const MOST_HEIGHT = 4;
/** Of the mean square of the heights at one delay. */
const OPEN_MEAN = 10.5;
const CLOSED_MEAN = 8;
/** In so many of the windows, the copy is seen by itself. */
const SEEN_HEIGHT = 2;
const LEAST_SEEN = 0.77;
/** How the clocks of two devices may part, in steps of the delay from window to window: up to 100 ppm. */
const DRIFTS = [0, -0.4, 0.4, -0.8, 0.8];
/** Steps of the delay over which the loudness of a copy is spread. */
const NEAR = 3;
/** Below, nothing is played (mean square, -60 dBFS) or heard (-90 dBFS). */
const PLAYED_POWER = 1e-6;
const HEARD_POWER = 1e-9;
/** A copy that is softer, against the loudest that was heard, is none to speak of. */
const LEAST_LEVEL_DB = -28;
/** A voice is as loud at least: who has not sung yet is compared with it. */
const VOICE_POWER = 1e-4;

/** A way that the delay may go over the windows. */
interface Path {
  /** In steps, at the middle of the windows. */
  at: number;
  drift: number;
  /** Of the squared and bounded heights along it. */
  mean: number;
}

interface Seen extends Leaks {
  /** The heights, squared and bounded. */
  bounded: Float32Array;
  /** Loudness of what is like a copy at any delay: the middle of them. */
  floor: number;
}

export class OpenLoudspeaker {
  private readonly windows: Seen[] = [];
  private loudest = VOICE_POWER;

  /** Another song, another microphone. */
  reset(): void {
    this.windows.length = 0;
    this.loudest = VOICE_POWER;
  }

  /** Whether there is anything to compare. */
  worthwhile(played: Float32Array, heard: Float32Array): boolean {
    return powerOf(played) >= PLAYED_POWER && powerOf(heard) >= HEARD_POWER;
  }

  /** What was found in the next window (leak_correlation.ts). */
  add(leaks: Leaks): void {
    this.loudest = Math.max(this.loudest, leaks.heard);
    this.windows.push({ ...leaks, bounded: leaks.heights.map((height) => Math.min(height, MOST_HEIGHT) ** 2), floor: middleOf(leaks.copies) });
    if (this.windows.length > WINDOWS) this.windows.shift();
  }

  verdict(): Verdict {
    const { windows } = this;
    if (windows.length < LEAST_WINDOWS) return { kind: 'unsure' };
    const path = this.best();
    const seen = windows.filter(({ bounded }, i) => (bounded[this.along(path, i)] ?? 0) >= SEEN_HEIGHT ** 2).length / windows.length;
    if (path.mean < CLOSED_MEAN) return windows.length < WINDOWS ? { kind: 'unsure' } : { kind: 'closed' };
    if (path.mean < OPEN_MEAN || seen < LEAST_SEEN) return { kind: 'unsure' };
    const levelDb = decibels(Math.sqrt(this.copyBy(path) / this.loudest));
    if (levelDb < LEAST_LEVEL_DB) return { kind: 'closed' };
    return { kind: 'open', delayMs: (path.at * DELAY_STEP * 1000) / LEAK_RATE, levelDb };
  }

  private best(): Path {
    const best: Path = { at: 0, drift: 0, mean: 0 };
    for (const drift of DRIFTS) {
      const sums = new Float32Array(DELAYS);
      this.windows.forEach(({ bounded }, i) => {
        const shift = this.along({ at: 0, drift }, i);
        for (let at = Math.max(0, -shift); at < DELAYS && at + shift < DELAYS; at++)
          sums[at] = (sums[at] as number) + (bounded[at + shift] as number);
      });
      for (let at = 0; at < DELAYS; at++) {
        const mean = (sums[at] as number) / this.windows.length;
        if (mean > best.mean) Object.assign(best, { at, drift, mean });
      }
    }
    return { ...best, at: this.highest(best) };
  }

  /** Bounded, several neighbours are as good: of them, the one that is the highest without bounds. */
  private highest({ at, drift }: Path): number {
    const height = (near: number): number =>
      this.windows.reduce((sum, { heights }, i) => sum + (heights[this.along({ at: near, drift }, i)] ?? 0), 0);
    const near = Array.from({ length: 2 * NEAR + 1 }, (_, i) => at + i - NEAR);
    return near.reduce((best, candidate) => (height(candidate) > height(best) ? candidate : best), at);
  }

  /** Where a path is in the window `i`. */
  private along({ at, drift }: Pick<Path, 'at' | 'drift'>, i: number): number {
    return at + Math.round(drift * (i - (this.windows.length - 1) / 2));
  }

  /** Loudness of the copy that comes along it, less what is found at any delay. */
  private copyBy(path: Path): number {
    let sum = 0;
    this.windows.forEach(({ copies, floor }, i) => {
      const at = this.along(path, i);
      const most = copies.subarray(Math.max(0, at - NEAR), at + NEAR + 1).reduce((high, value) => Math.max(high, value), 0);
      sum += most - floor;
    });
    return Math.max(0, sum / this.windows.length);
  }
}

function middleOf(values: Float32Array): number {
  return Float32Array.from(values).sort()[values.length >> 1] as number;
}

function powerOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return sum / samples.length;
}
