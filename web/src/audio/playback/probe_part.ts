// The worklet's part that plays what measures the sound card's round trip (probes.ts), when the page says so: on the worklet's own frames, which are those of
// the microphone's samples too. A sound that has begun is played to its end: it fades out by itself.
import { makeProbe, PROBE_NAMES, type Probe } from '../shared/probes.js';
import type { SoundState } from '../shared/sound_state.js';
import { QUANTUM } from '../../units.js';

export class ProbePart {
  private readonly probes: readonly Probe[] = PROBE_NAMES.map(makeProbe);
  /** The one that plays, or whose last sound ends. */
  private playing: Probe | null = null;

  constructor(private readonly state: SoundState) {}

  /** Adds what belongs to the quantum that begins at `frame`. */
  process(frame: number, left: Float32Array, right: Float32Array): void {
    const number = this.state.probing;
    if (number === 0 && this.playing === null) return;
    const on = number !== 0;
    const probe = on ? (this.probes[number - 1] ?? null) : this.playing;
    if (probe === null) return;
    const { sound, onsets } = probe;
    const at = ((frame | 0) - this.state.probeStart) | 0;
    let sounding = false;
    for (let n = 0; n < onsets.length; n++) {
      const from = at - (onsets[n] as number);
      if (from <= -QUANTUM || from >= sound.length || (!on && from < 0)) continue;
      sounding = true;
      for (let i = from < 0 ? -from : 0; i < QUANTUM && from + i < sound.length; i++) {
        const sample = sound[from + i] as number;
        left[i] = (left[i] as number) + sample;
        right[i] = (right[i] as number) + sample;
      }
    }
    this.playing = on || sounding ? probe : null;
  }
}
