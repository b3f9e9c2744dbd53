import { describe, expect, it } from 'vitest';
import { Concealment } from '../../../src/audio/playback/concealment.js';
import { QUANTUM } from '../../../src/units.js';

const RATE = 48_000;
const LENGTH = RATE / 2;

type Sound = (i: number) => number;

const sine =
  (hertz: number, height = 0.5): Sound =>
  (i) =>
    height * Math.sin((2 * Math.PI * hertz * i) / RATE + 1);

/** A voice: a fundamental of 207 Hz that wavers a little, with harmonics that fall off. */
const voice: Sound = (i) => {
  const phase = (2 * Math.PI * 207 * i) / RATE + 0.3 * Math.sin((2 * Math.PI * 5.5 * i) / RATE);
  return 0.4 * Math.sin(phase) + 0.2 * Math.sin(2 * phase + 1) + 0.1 * Math.sin(3 * phase + 2) + 0.05 * Math.sin(5 * phase);
};

/** Four voices that sing a chord. */
const chord: Sound = (i) => [220, 277.2, 329.6, 440].reduce((sum, hertz) => sum + sine(hertz, 0.15)(i) + sine(2 * hertz, 0.05)(i), 0);

/** The sound with holes (from, to) in it, as it comes out: quantum by quantum, split where a hole begins or ends. */
function conceal(sound: Sound, holes: [number, number][]): Float32Array {
  const concealment = new Concealment();
  const out = new Float32Array(LENGTH);
  const left = new Float32Array(QUANTUM);
  const right = new Float32Array(QUANTUM);
  let apart = 0;
  for (let at = 0; at + QUANTUM <= LENGTH; at += QUANTUM) {
    const edges = [at, ...holes.flat().filter((edge) => edge > at && edge < at + QUANTUM), at + QUANTUM].sort((a, b) => a - b);
    edges.slice(1).forEach((to, k) => {
      const from = edges[k] as number;
      const missing = holes.some(([begin, end]) => from >= begin && from < end);
      for (let i = from; i < to && !missing; i++) {
        left[i - at] = sound(i);
        right[i - at] = 0.5 * sound(i);
      }
      if (missing) concealment.missing(left, right, from - at, to - at);
      else concealment.real(left, right, from - at, to - at);
    });
    out.set(left, at);
    apart = left.reduce((most, sample, i) => Math.max(most, Math.abs(0.5 * sample - (right[i] as number))), apart);
  }
  // Both sides are treated alike.
  expect(apart).toBeLessThan(1e-6);
  return out;
}

function steepest(sound: (i: number) => number, from: number, to: number): number {
  let most = 0;
  for (let i = from; i < to; i++) most = Math.max(most, Math.abs(sound(i) - sound(i - 1)));
  return most;
}

function loudness(out: Float32Array, from: number, to: number): number {
  let power = 0;
  for (let i = from; i < to; i++) power += (out[i] as number) ** 2;
  return Math.sqrt(power / (to - from));
}

const SOUNDS: [string, Sound][] = [
  ['a low tone', sine(110)],
  ['a high tone', sine(880)],
  ['a voice', voice],
  ['a chord', chord],
];
const HOLE = 9_613;

describe('concealment', () => {
  it.each(SOUNDS)('%s: a hole of a block has no step at its seams, and no fall in between', (_, sound) => {
    const out = conceal(sound, [[HOLE, HOLE + 960]]);
    const usual = steepest(sound, 1_000, HOLE);
    expect(steepest((i) => out[i] as number, HOLE - 10, HOLE + 2_000)).toBeLessThan(1.35 * usual);
    const before = loudness(out, HOLE - 960, HOLE);
    expect(loudness(out, HOLE, HOLE + 480)).toBeGreaterThan(0.7 * before);
    expect(loudness(out, HOLE, HOLE + 960)).toBeGreaterThan(0.6 * before);
    expect(loudness(out, HOLE, HOLE + 960)).toBeLessThan(1.15 * before);
  });

  it.each(SOUNDS)('%s: what comes after the way back is the very sound', (_, sound) => {
    const out = conceal(sound, [[HOLE, HOLE + 960]]);
    const first = HOLE + 960 + 480;
    const behind = out.slice(first, first + 9_600);
    expect(behind).toEqual(behind.map((_, i) => sound(first + i)));
  });

  it.each(SOUNDS)('%s: a long hole fades to silence within 60 ms, and has no step behind it', (_, sound) => {
    const out = conceal(sound, [[HOLE, HOLE + 6 * 960]]);
    expect(out.subarray(HOLE + 2_880, HOLE + 6 * 960).every((sample) => sample === 0)).toBe(true);
    expect(steepest((i) => out[i] as number, HOLE - 10, HOLE + 7 * 960)).toBeLessThan(1.35 * steepest(sound, 1_000, HOLE));
  });

  it('a steady tone goes on in its phase', () => {
    const tone = sine(200);
    const out = conceal(tone, [[HOLE, HOLE + 480]]);
    const error = out.subarray(HOLE, HOLE + 480).reduce((most, sample, i) => Math.max(most, Math.abs(sample - tone(HOLE + i))), 0);
    expect(error).toBeLessThan(1e-3);
  });

  it('holes that follow each other have no step either', () => {
    const holes = [0, 1, 2, 3].map((n): [number, number] => [HOLE + n * 1_100, HOLE + n * 1_100 + 960]);
    const out = conceal(voice, holes);
    expect(steepest((i) => out[i] as number, HOLE - 10, HOLE + 6_000)).toBeLessThan(1.5 * steepest(voice, 1_000, HOLE));
  });

  it('is silent where there never was a sound', () => {
    const out = conceal(() => 0, [[HOLE, HOLE + 960]]);
    expect(out.every((sample) => sample === 0)).toBe(true);
  });
});
