import { describe, expect, it } from 'vitest';
import { Limiter, LIMITER_THRESHOLD } from '../../../src/audio/shared/limiter.js';
import { random } from './rendered_card.js';

const RATE = 48_000;

function tone(seconds: number, hz: number, amplitude: (second: number) => number): Float32Array {
  return Float32Array.from({ length: Math.round(seconds * RATE) }, (_, i) => amplitude(i / RATE) * Math.sin((2 * Math.PI * hz * i) / RATE));
}

/** In pieces of this length. */
function limited(sound: Float32Array, piece: number): Float32Array {
  const out = Float32Array.from(sound.subarray(0, sound.length - (sound.length % piece)));
  const limiter = new Limiter();
  for (let at = 0; at < out.length; at += piece) limiter.process(out.subarray(at, at + piece));
  return out;
}

const peak = (sound: Float32Array): number => sound.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/** The largest change of the gain from one sample to the next, where the sound is loud enough to tell. */
function gainStep(sound: Float32Array, out: Float32Array): number {
  let most = 0;
  let before: number | null = null;
  out.forEach((x, i) => {
    const gain = Math.abs(sound[i] as number) > 0.05 ? x / (sound[i] as number) : null;
    if (gain !== null && before !== null) most = Math.max(most, Math.abs(gain - before));
    before = gain;
  });
  return most;
}

describe.each([
  ['a worklet’s quanta', 128],
  ['the encoder’s blocks', 960],
])('the limiter in %s', (_, piece) => {
  it('leaves everything below its threshold as it is, to the last bit', () => {
    const sound = tone(1, 220, () => LIMITER_THRESHOLD - 1e-4);
    expect(limited(sound, piece)).toEqual(sound.subarray(0, sound.length - (sound.length % piece)));
  });

  it.each([1.05, 2, 8, 30])('never lets a voice of %d times full scale over it', (amplitude) => {
    const next = random(3);
    for (const hz of [80, 220, 900, 5_000]) {
      const out = limited(
        tone(2, hz, (second) => amplitude * (Math.floor(second * 4) % 2 === 0 ? 1 : 0.05 * next())),
        piece,
      );
      expect(peak(out)).toBeLessThan(1);
    }
  });

  it('holds a steady tone at the threshold, without wavering or distorting it', () => {
    const sound = tone(2, 220, () => 3);
    const out = limited(sound, piece).subarray(RATE);
    const gain = LIMITER_THRESHOLD / peak(sound);
    expect(peak(out)).toBeCloseTo(LIMITER_THRESHOLD, 2);
    expect(out.every((x, i) => Math.abs(x - gain * (sound[RATE + i] as number)) < 0.01)).toBe(true);
  });

  it('recovers: a second and a half after a shout of 12 dB over full scale, a soft voice is as before', () => {
    const out = limited(
      tone(3, 330, (second) => (second < 1 ? 4 : 0.2)),
      piece,
    );
    expect(peak(out.subarray(1.02 * RATE, 1.04 * RATE))).toBeLessThan(0.1);
    expect(peak(out.subarray(2 * RATE, 2.1 * RATE))).toBeGreaterThan(0.19);
    expect(peak(out.subarray(2.5 * RATE))).toBeCloseTo(0.2, 3);
  });

  it('steps nowhere, falling and recovering', () => {
    const sound = tone(3, 330, (second) => (second < 0.5 ? 0.3 : second < 1 ? 0.3 + 7 * (second - 0.5) : 0.2));
    expect(gainStep(sound, limited(sound, piece))).toBeLessThan(0.02);
  });

  it('makes nothing of samples that are no numbers', () => {
    const sound = tone(0.4, 330, () => 0.5);
    sound[100] = NaN;
    sound[200] = Infinity;
    const out = limited(sound, piece);
    expect(out.every(Number.isFinite)).toBe(true);
    expect([out[100], out[200], out[300]]).toEqual([0, 0, sound[300]]);
  });
});

it('turns both channels down alike', () => {
  const [left, right] = [tone(0.02, 500, () => 2), tone(0.02, 500, () => 0.5)];
  new Limiter().process(left, right);
  const ratio = left.map((x, i) => (Math.abs(right[i] as number) < 0.01 ? 4 : x / (right[i] as number)));
  // But for the first part, whose knee bends what is over.
  expect(ratio.subarray(32).every((x) => Math.abs(x - 4) < 1e-3)).toBe(true);
});
