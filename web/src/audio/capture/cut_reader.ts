// Fetches the samples of a cut (block_cutter.ts) from the capture ring: as they are, or in between where the sound card drifts. Codec worker only.
import type { Cut } from './block_cutter.js';
import type { CaptureReader } from '../shared/capture_ring.js';
import { BLOCK } from '../../units.js';
import { HALF_TAPS, sampleAt } from '../shared/interpolation.js';

/** Frames that 960 positions can take, with what the interpolation reads around them. */
const DRIFTING_BLOCK = BLOCK + 2 + 2 * HALF_TAPS;

export class CutReader {
  private readonly around = new Float32Array(DRIFTING_BLOCK);

  constructor(private readonly ring: CaptureReader) {}

  /** The cut's 960 samples into `out`; false where they are lost. */
  read(cut: Cut, out: Float32Array): boolean {
    if (cut.whole) return this.ring.read(cut.frame, out);
    const from = Math.floor(cut.frame) - HALF_TAPS + 1;
    const needed = Math.floor(cut.frameOf(BLOCK - 1)) + HALF_TAPS + 1 - from;
    if (!this.ring.read(from, this.around.subarray(0, needed))) return false;
    for (let i = 0; i < BLOCK; i++) {
      const frame = cut.frameOf(i);
      const whole = Math.floor(frame);
      out[i] = sampleAt(this.around, whole - from, frame - whole);
    }
    return true;
  }
}
