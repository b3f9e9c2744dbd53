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

/** A gliding voice with its own path, for a microphone. */
export function glide(seconds: number, rate: number, seed: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(seconds * rate);
  const random = noise(seed);
  const speed = 0.3 + 0.07 * seed;
  let phase = 0;
  for (let i = 0; i < out.length; i++) {
    const t = i / rate;
    const hertz = 250 + 60 * seed + 120 * Math.sin(2 * Math.PI * speed * t) + 40 * Math.sin(2 * Math.PI * 3.1 * speed * t);
    phase += (2 * Math.PI * hertz) / rate;
    out[i] = 0.25 * Math.sin(phase) + 0.12 * Math.sin(2 * phase) + 0.01 * random();
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

/** How high each of two sounds stands in what was heard, their own likeness taken into account (least squares). */
export function heights(heard: { position: number; samples: Float32Array }, sounds: [Float32Array, Float32Array], start: number): [number, number] {
  let [aa, ab, bb, ah, bh] = [0, 0, 0, 0, 0];
  const from = heard.position - start;
  heard.samples.forEach((sample, i) => {
    const a = sounds[0][from + i] ?? 0;
    const b = sounds[1][from + i] ?? 0;
    aa += a * a;
    ab += a * b;
    bb += b * b;
    ah += a * sample;
    bh += b * sample;
  });
  const determinant = aa * bb - ab * ab;
  return [(ah * bb - bh * ab) / determinant, (bh * aa - ah * ab) / determinant];
}
