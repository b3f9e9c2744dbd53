import { describe, expect, it } from 'vitest';
import { ProbePart } from '../../../src/audio/playback/probe_part.js';
import { chirp, ONSETS, PROBE_FRAMES } from '../../../src/audio/shared/round_trip_probe.js';
import { click, CLICK_ONSETS, CLICKS_FRAMES } from '../../../src/audio/shared/round_trip_taps.js';
import { createSoundState, SoundState } from '../../../src/audio/shared/sound_state.js';
import { QUANTUM } from '../../../src/units.js';

const QUANTA = Math.ceil(PROBE_FRAMES / QUANTUM);

/** The first sample that differs; null: none. */
function differing(a: Float32Array, b: Float32Array): number | null {
  const i = a.findIndex((sample, at) => sample !== b[at]);
  return i < 0 && a.length === b.length ? null : i;
}

/** What is played from `first` on, on top of silence; `each`: called before each quantum. */
function play(part: ProbePart, first: number, quanta: number, each: (frame: number) => void = () => undefined): Float32Array {
  const left = new Float32Array(quanta * QUANTUM);
  for (let i = 0; i < quanta; i++) {
    each(first + i * QUANTUM);
    const right = new Float32Array(QUANTUM);
    const out = left.subarray(i * QUANTUM, (i + 1) * QUANTUM);
    part.process(first + i * QUANTUM, out, right);
    if (differing(right, out) !== null) throw new Error('the sides differ');
  }
  return left;
}

describe('the probe in the worklet', () => {
  it('is silent until it is asked for', () => {
    const state = new SoundState(createSoundState());
    expect(play(new ProbePart(state), 0, 100).every((sample) => sample === 0)).toBe(true);
  });

  it('sounds with every chirp at its frame, in the middle of a quantum and where frame numbers wrap', () => {
    for (const start of [1_000, 2 ** 31 - 40_001, 2 ** 32 + 77]) {
      const state = new SoundState(createSoundState());
      state.startProbe(1, start);
      const first = start - 300;
      const played = play(new ProbePart(state), first, QUANTA + 3);
      const wanted = new Float32Array(played.length);
      for (const onset of ONSETS) wanted.set(chirp(), 300 + onset);
      expect(differing(played, wanted)).toBeNull();
    }
  });

  it('sounds as clicks too', () => {
    const state = new SoundState(createSoundState());
    state.startProbe(2, 200);
    const played = play(new ProbePart(state), 0, QUANTA);
    const wanted = new Float32Array(played.length + CLICKS_FRAMES);
    for (const onset of CLICK_ONSETS) wanted.set(click(), 200 + onset);
    expect(differing(played, wanted.subarray(0, played.length))).toBeNull();
  });

  it('is added to what plays', () => {
    const state = new SoundState(createSoundState());
    state.startProbe(1, 0);
    const left = new Float32Array(QUANTUM).fill(0.5);
    new ProbePart(state).process(0, left, new Float32Array(QUANTUM));
    expect(left[100]).toBeCloseTo(0.5 + (chirp()[100] as number), 6);
  });

  it('that is stopped ends with the chirp that sounds, without a click', () => {
    const state = new SoundState(createSoundState());
    state.startProbe(1, 0);
    const played = play(new ProbePart(state), 0, QUANTA, (frame) => {
      if (frame === 128 * 10) state.stopProbe();
    });
    const wanted = new Float32Array(played.length);
    wanted.set(chirp());
    expect(differing(played, wanted)).toBeNull();
  });
});
