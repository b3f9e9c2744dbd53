// Watches what a microphone gives for what no room sounds like: exact silence (switched off, muted by the system, the wrong device) and samples at
// full scale in a row (clipping). Runs in the worklet; allocates nothing.
import { QUANTUM } from '../../units.js';

/** Counts stop here: six hours. */
export const LONG = 1 << 30;
/** Less movement than this within a quantum is none: a quarter of the smallest step of 24 bits. */
const STILL = 3e-8;
const FULL_SCALE = 0.999;
/** Samples at full scale in a quantum that are no accident. */
const CLIPPED = 3;

export class InputWatch {
  /** Frames since anything moved; 0 while there is no microphone. */
  silentFrames = 0;
  /** Frames since it last clipped. */
  unclippedFrames = LONG;

  /** One quantum of a microphone; no channels where there is none. */
  add(channels: Float32Array[]): void {
    let moved = false;
    let clipped = false;
    for (let c = 0; c < channels.length; c++) {
      const channel = channels[c] as Float32Array;
      let least = Infinity;
      let most = -Infinity;
      let full = 0;
      for (let i = 0; i < QUANTUM; i++) {
        const sample = channel[i] as number;
        if (sample < least) least = sample;
        if (sample > most) most = sample;
        if (sample >= FULL_SCALE || sample <= -FULL_SCALE) full++;
      }
      if (most - least > STILL) moved = true;
      if (full >= CLIPPED) clipped = true;
    }
    this.silentFrames = moved || channels.length === 0 ? 0 : Math.min(LONG, this.silentFrames + QUANTUM);
    this.unclippedFrames = clipped ? 0 : Math.min(LONG, this.unclippedFrames + QUANTUM);
  }
}
