// Sung notes, rendered, with what else a microphone hears. By a seed.
import { SAMPLE_RATE } from '../../../src/units.js';
import { random } from './rendered_card.js';

export interface Singing {
  seed: number;
  seconds: number;
  /** Of the first note; the others follow a scale. */
  hz: number;
  /** Peak of the loudest note, before the noise. */
  amplitude: number;
  /** Notes of 0.7 s; by how many dB they differ, and how long the pauses between them are. */
  unevenDb: number;
  pauseS: number;
  /** White noise, as an amplitude. */
  noise: number;
}

export const SINGING: Singing = { seed: 1, seconds: 5, hz: 220, amplitude: 0.25, unevenDb: 4, pauseS: 0.1, noise: 1e-4 };

const NOTE_S = 0.7;
const SCALE = [1, 9 / 8, 5 / 4, 4 / 3, 3 / 2, 4 / 3, 5 / 4, 9 / 8];
/** Partials of an "ah". */
const PARTIALS = [0.5, 0.6, 0.35, 0.4, 0.2, 0.1, 0.06, 0.03];
const LOUDEST = PARTIALS.reduce((sum, one) => sum + one, 0);

export function singing(change: Partial<Singing> = {}): Float32Array {
  const { seed, seconds, hz, amplitude, unevenDb, pauseS, noise } = { ...SINGING, ...change };
  const next = random(seed);
  const gains = Array.from({ length: Math.ceil(seconds / NOTE_S) }, () => 10 ** ((-unevenDb * next()) / 20));
  let phase = 0;
  return Float32Array.from({ length: Math.round(seconds * SAMPLE_RATE) }, (_, i) => {
    const second = i / SAMPLE_RATE;
    const note = Math.floor(second / NOTE_S);
    const within = second - note * NOTE_S;
    const edge = Math.min(within, NOTE_S - pauseS - within) / 0.04;
    const envelope = Math.max(0, Math.min(1, edge)) * (gains[note] as number);
    phase += (2 * Math.PI * hz * (SCALE[note % SCALE.length] as number) * (1 + 0.008 * Math.sin(2 * Math.PI * 5.5 * second))) / SAMPLE_RATE;
    const tone = PARTIALS.reduce((sum, partial, k) => sum + partial * Math.cos((k + 1) * phase + k), 0) / LOUDEST;
    return amplitude * envelope * tone + noise * (2 * next() - 1);
  });
}

export function noiseOf(amplitude: number, seconds: number, seed = 1): Float32Array {
  return singing({ seed, seconds, amplitude: 0, noise: amplitude });
}
