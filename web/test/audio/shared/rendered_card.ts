// What a microphone hears of the probe of the sound card's round trip, rendered: loudspeaker, room, sound card, noise. By a seed.
import { chirp, CHIRP_FRAMES, ONSETS, PROBE_FRAMES } from '../../../src/audio/shared/round_trip_probe.js';
import { SAMPLE_RATE } from '../../../src/units.js';

export interface Card {
  seed: number;
  delayMs: number;
  /** Of the loudspeaker, second order each; 0: none. */
  highPassHz: number;
  lowPassHz: number;
  /** Early echoes against the direct sound, as amplitudes; above 1: stronger than it. */
  echo: number;
  /** Energy of the decaying tail against that of the direct sound, and its time to -60 dB. */
  tail: number;
  decayMs: number;
  driftPpm: number;
  /** Of the direct sound; negative: turned around. */
  gain: number;
  /** A chirp with its room, over the chirp's length, to the noise; Infinity: no noise. */
  snrDb: number;
  noise: 'white' | 'pink';
}

export const PLAIN: Card = {
  seed: 1,
  delayMs: 100,
  highPassHz: 0,
  lowPassHz: 0,
  echo: 0,
  tail: 0,
  decayMs: 300,
  driftPpm: 0,
  gain: 0.3,
  snrDb: Infinity,
  noise: 'white',
};

/** Uniform from 0 to 1 (mulberry32). */
export function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A case out of all that ought to be measured. */
export function anyCard(seed: number, change: Partial<Card> = {}): Card {
  const next = random(seed * 7_919);
  const between = (least: number, most: number): number => least + (most - least) * next();
  return {
    seed,
    delayMs: between(0, 400),
    highPassHz: between(20, 300),
    lowPassHz: between(8_000, 16_000),
    echo: between(0, 2),
    tail: between(0, 2),
    decayMs: between(100, 800),
    driftPpm: between(-100, 100),
    gain: 10 ** between(-2, 0) * (next() < 0.5 ? 1 : -1),
    snrDb: between(10, 40),
    noise: next() < 0.5 ? 'white' : 'pink',
    ...change,
  };
}

/** From the frame of the probe's beginning on, until its end. */
export function heard(card: Card): Float32Array {
  const next = random(card.seed);
  const sound = inRoom(throughLoudspeaker(chirp(), card), card, next);
  const out = new Float32Array(PROBE_FRAMES);
  for (const onset of ONSETS) addAt(out, sound, onset, card);
  const noisePower = energyOf(sound) / CHIRP_FRAMES / 10 ** (card.snrDb / 10);
  if (card.snrDb < Infinity) addNoise(out, noisePower, card.noise, next);
  return out;
}

/** Nothing but noise, of this root mean square. */
export function noiseAlone(seed: number, rms: number, kind: Card['noise']): Float32Array {
  const out = new Float32Array(PROBE_FRAMES);
  addNoise(out, rms * rms, kind, random(seed));
  return out;
}

/** The true round trip at the middle of the probe, where a drifting card has moved by half. */
export function truthMs(card: Card): number {
  const middle = (ONSETS.at(-1) as number) / 2;
  return card.delayMs + (middle * card.driftPpm * 1e-6 * 1000) / SAMPLE_RATE;
}

/** Adds `sound`, later by the delay and by the drift until then, in between the frames. */
function addAt(out: Float32Array, sound: Float32Array, onset: number, card: Card): void {
  const at = onset * (1 + card.driftPpm * 1e-6) + (card.delayMs * SAMPLE_RATE) / 1000;
  const first = Math.ceil(at);
  const part = first - at;
  for (let i = 0; i + 1 < sound.length && first + i < out.length; i++) {
    out[first + i] = (out[first + i] as number) + (1 - part) * (sound[i] as number) + part * (sound[i + 1] as number);
  }
}

function throughLoudspeaker(sound: Float32Array, card: Card): Float32Array {
  let out: Float32Array = Float32Array.from(sound, (value) => value * card.gain);
  if (card.highPassHz > 0) out = biquad(out, card.highPassHz, -1);
  if (card.lowPassHz > 0) out = biquad(out, card.lowPassHz, 1);
  return out;
}

/** Butterworth of second order; `side`: 1 lets the low pass, -1 the high (the cookbook of R. Bristow-Johnson). */
function biquad(sound: Float32Array, hz: number, side: 1 | -1): Float32Array {
  const angle = (2 * Math.PI * hz) / SAMPLE_RATE;
  const alpha = Math.sin(angle) * Math.SQRT1_2;
  const cos = Math.cos(angle);
  const b1 = (side - cos) / (1 + alpha);
  const b0 = (side * b1) / 2;
  const [a1, a2] = [(-2 * cos) / (1 + alpha), (1 - alpha) / (1 + alpha)];
  const out = new Float32Array(sound.length);
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  for (let i = 0; i < sound.length; i++) {
    const x = sound[i] as number;
    const y = b0 * x + b1 * x1 + b0 * x2 - a1 * y1 - a2 * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    out[i] = y;
  }
  return out;
}

/** Direct sound, four early echoes, and a tail of two hundred that decays. */
function inRoom(sound: Float32Array, card: Card, next: () => number): Float32Array {
  const taps: [frames: number, gain: number][] = [[0, 1]];
  const sign = (): number => (next() < 0.5 ? 1 : -1);
  if (card.echo > 0) for (let i = 0; i < 4; i++) taps.push([48 * (1 + 25 * next()), sign() * card.echo * (i === 0 ? 1 : 0.6 * next())]);
  if (card.tail > 0) {
    const count = 200;
    const decays = Array.from({ length: count }, () => next() * card.decayMs);
    const gains = decays.map((ms) => 10 ** ((-3 * ms) / card.decayMs));
    const energy = gains.reduce((sum, gain) => sum + gain * gain, 0);
    decays.forEach((ms, i) => taps.push([48 * (2 + ms), sign() * (gains[i] as number) * Math.sqrt(card.tail / energy)]));
  }
  const out = new Float32Array(sound.length + Math.ceil(Math.max(...taps.map(([frames]) => frames))) + 1);
  for (const [frames, gain] of taps) {
    const at = Math.round(frames);
    for (let i = 0; i < sound.length; i++) out[at + i] = (out[at + i] as number) + gain * (sound[i] as number);
  }
  return out;
}

/** A store of noise of power 1, out of which each case takes a piece: to make it anew for each takes long. */
const STORED = 1 << 20;
const stores = new Map<Card['noise'], Float32Array>();

function storeOf(kind: Card['noise']): Float32Array {
  const known = stores.get(kind);
  if (known) return known;
  const next = random(kind.length);
  // Four uniform numbers are near enough to a normal one. Pink: white through a low-pass at 500 Hz, near to rooms and fans.
  const raw = Float32Array.from({ length: STORED }, () => next() + next() + next() + next() - 2);
  const noise = kind === 'white' ? raw : biquad(raw, 500, 1);
  const factor = Math.sqrt(noise.length / energyOf(noise));
  const store = noise.map((value) => value * factor);
  stores.set(kind, store);
  return store;
}

function addNoise(out: Float32Array, power: number, kind: Card['noise'], next: () => number): void {
  const store = storeOf(kind);
  const from = Math.floor(next() * (STORED - out.length));
  const factor = Math.sqrt(power);
  for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) + factor * (store[from + i] as number);
}

function energyOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return sum;
}
