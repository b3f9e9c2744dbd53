// Sounds for tests, made by rule, and how they are found again.
import { writeFileSync } from 'node:fs';

function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return (state / 2 ** 32) * 2 - 1;
  };
}

/**
 * A burst of noise in each second, `delay` seconds into it, over a tone of the amplitude `tone`: easy to find, to the sample. The noise is dull (a
 * low-pass of second order at 3 kHz) and rings off in 50 ms, so that the codec keeps its height.
 */
export function bursts(seconds: number, rate: number, seed: number, tone: number, delay = 0): Float32Array<ArrayBuffer> {
  const random = noise(seed);
  const out = new Float32Array(seconds * rate);
  const pole = Math.exp((-2 * Math.PI * 3_000) / rate);
  let first = 0;
  let second = 0;
  for (let i = 0; i < out.length; i++) {
    const since = (i + rate - delay * rate) % rate;
    first += (random() - first) * (1 - pole);
    second += (first - second) * (1 - pole);
    const burst = since < rate / 4 ? 1.2 * second * Math.exp(-since / (0.05 * rate)) : 0;
    out[i] = burst + tone * Math.sin((2 * Math.PI * 220 * i) / rate);
  }
  return out;
}

/** Semitones of a pentatonic scale over two octaves. */
const SCALE = [0, 2, 4, 7, 9, 12, 14, 16, 19, 21, 24];
const NOTE_S = 0.25;

/** A sung melody of its own for each `seed`, in notes of a quarter of a second with some breath, at about the height `height`; for a microphone. */
export function melody(seconds: number, rate: number, seed: number, height: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(seconds * rate);
  const random = noise(seed);
  const pole = Math.exp((-2 * Math.PI * 2_000) / rate);
  let hertz = 0;
  let phase = 0;
  let breath = 0;
  for (let i = 0; i < out.length; i++) {
    const at = i % Math.round(NOTE_S * rate);
    if (at === 0) hertz = 220 * 2 ** ((SCALE[Math.floor((random() + 1) * 0.5 * SCALE.length)] as number) / 12);
    phase += (2 * Math.PI * hertz) / rate;
    breath += (random() - breath) * (1 - pole);
    const since = at / rate;
    const envelope = Math.min(1, since / 0.01) * Math.min(1, (NOTE_S - since) / 0.04);
    out[i] = height * envelope * (0.5 * Math.sin(phase) + 0.3 * Math.sin(2 * phase) + 0.2 * Math.sin(3 * phase) + breath);
  }
  return out;
}

export function writeWav(path: string, left: Float32Array, right: Float32Array, rate: number): void {
  const bytes = Buffer.alloc(44 + left.length * 4);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + left.length * 4, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(2, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate * 4, 28);
  bytes.writeUInt16LE(4, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(left.length * 4, 40);
  left.forEach((sample, i) => bytes.writeInt16LE(Math.round(sample * 32_767), 44 + i * 4));
  right.forEach((sample, i) => bytes.writeInt16LE(Math.round(sample * 32_767), 46 + i * 4));
  writeFileSync(path, bytes);
}

export interface Match {
  /** How many samples later than expected the sound was found. */
  lag: number;
  correlation: number;
  /** Of what was heard over what was sought. */
  gain: number;
}

/** Seeks `sought` (sample 0 at position `start`) in what was heard, within `reach` samples either way. */
export function find(heard: { position: number; samples: Float32Array }, sought: Float32Array, start: number, reach: number): Match {
  const { samples } = heard;
  let power = 0;
  for (const sample of samples) power += sample * sample;
  let best: Match = { lag: 0, correlation: -1, gain: 0 };
  for (let lag = -reach; lag <= reach; lag++) {
    let product = 0;
    let other = 0;
    const from = heard.position - start - lag;
    for (let i = 0; i < samples.length; i++) {
      const value = sought[from + i] ?? 0;
      product += (samples[i] as number) * value;
      other += value * value;
    }
    const correlation = product / Math.sqrt(power * other);
    if (correlation > best.correlation) best = { lag, correlation, gain: product / other };
  }
  return best;
}

/** What was heard, with a sound taken out of it that was found there. */
export function without<T extends { position: number; samples: Float32Array }>(heard: T, sound: Float32Array, start: number, match: Match): T {
  const from = heard.position - start - match.lag;
  return { ...heard, samples: heard.samples.map((sample, i) => sample - match.gain * (sound[from + i] ?? 0)) };
}

/** A sound and where it lies. */
export interface Placed {
  /** Of the first sample. */
  position: number;
  samples: Float32Array;
}

/**
 * How high each of several sounds stands in what was heard: the heights with which their sum comes closest to it (least squares). Sounds that are like each
 * other, as voices in the same scale are, would count for each other if each were measured alone.
 */
export function heights(heard: Placed, sounds: Placed[]): number[] {
  const at = (sound: Placed, i: number): number => sound.samples[heard.position - sound.position + i] ?? 0;
  const product = (a: Placed, b: Placed): number => heard.samples.reduce((sum, _, i) => sum + at(a, i) * at(b, i), 0);
  const rows = sounds.map((a) => [...sounds.map((b) => product(a, b)), product(a, heard)]);
  // Gauss and Jordan: the matrix is positive definite, and needs no pivoting.
  rows.forEach((row, k) => {
    const pivot = row[k] as number;
    row.forEach((value, column) => (row[column] = value / pivot));
    rows.forEach((other, i) => {
      const factor = other[k] as number;
      if (i !== k) other.forEach((value, column) => (other[column] = value - factor * (row[column] as number)));
    });
  });
  return rows.map((row) => row.at(-1) as number);
}
