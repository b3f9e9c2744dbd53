// The worklet's part that plays the probe of the sound card's round trip (round_trip_probe.ts), when the page says so: on the worklet's own frames, which are
// those of the microphone's samples too. A chirp that has begun is played to its end: it fades out by itself.
import { chirp, CHIRP_FRAMES, ONSETS } from '../shared/round_trip_probe.js';
import type { SoundState } from '../shared/sound_state.js';
import { QUANTUM } from '../../units.js';

export class ProbePart {
  private readonly chirp = chirp();
  private wasOn = false;

  constructor(private readonly state: SoundState) {}

  /** Adds what belongs to the quantum that begins at `frame`. */
  process(frame: number, left: Float32Array, right: Float32Array): void {
    const on = this.state.probing;
    if (!on && !this.wasOn) return;
    const at = ((frame | 0) - this.state.probeStart) | 0;
    let sounding = false;
    for (let n = 0; n < ONSETS.length; n++) {
      const from = at - (ONSETS[n] as number);
      if (from <= -QUANTUM || from >= CHIRP_FRAMES || (!on && from < 0)) continue;
      sounding = true;
      for (let i = from < 0 ? -from : 0; i < QUANTUM && from + i < CHIRP_FRAMES; i++) {
        const sample = this.chirp[from + i] as number;
        left[i] = (left[i] as number) + sample;
        right[i] = (right[i] as number) + sample;
      }
    }
    this.wasOn = on || sounding;
  }
}
