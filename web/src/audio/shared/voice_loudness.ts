// The gain that brings a voice to the loudness that all voices have, from some seconds of singing. Pure; runs on the page's thread, once a calibration.
//
// Measured is the momentary loudness (loudness.ts) of what is sung: of those moments in which a note is heard. Noise holds none. Of these, three
// quarters are not louder than the loudness found: about what the whole is when pauses are left out, and one shout or one mumbled note
// moves it little.
import { QUANTUM, SAMPLE_RATE } from '../../units.js';
import { LoudnessMeter, STEP_SAMPLES } from './loudness.js';

/**
 * What every voice is brought to, in LUFS, heard from both sides. Voices peak 12 to 15 dB over their loudness, at -8 to -5 dBFS here. The leader's
 * 6 dB and the mix's 1.6 dB (server/PROTOCOL.md section 5) lift the leader's peaks to about full scale, and a choir's sum comes to the same loudness
 * with rounder peaks: so the mix is as loud as it can be while its limiter hardly works.
 */
export const VOICE_LUFS = -20;

/** What a gain can be, in dB: a hot interface, and a laptop's microphone at some distance. */
export const LEAST_GAIN_DB = -12;
export const MOST_GAIN_DB = 30;

const QUANTILE = 0.75;
/** So many moments of 100 ms with a note must be heard: 1.2 s. */
const LEAST_MOMENTS = 12;
/** A moment of 400 ms counts if a note is heard in so many of its four quarters. */
const LEAST_QUARTERS = 3;

/** More movement than this is a sound: a quarter of the smallest step of 24 bits. */
const STILL = 3e-8;
const FULL_SCALE = 0.999;
/** Samples at full scale in a quantum that are no accident, and quanta of them that are none. */
const CLIPPED_SAMPLES = 3;
const CLIPPED_QUANTA = 3;

/** Notes are looked for at a sixth of the rate. */
const DECIMATION = 6;
/** From 70 to 1,140 Hz, as periods in samples of that rate. */
const SHORTEST_PERIOD = 7;
const LONGEST_PERIOD = 114;
/** So alike must a period be to the next: a note is 7 dB over the noise around it. */
const NOTE = 0.82;

/** Why there is no gain: nothing comes; too soft to be lifted; heard, but no note; too few notes; too loud for the microphone. */
export type LoudnessRefusal = 'silent' | 'quiet' | 'noisy' | 'short' | 'overdriven';

export type VoiceLoudness = { kind: 'found'; lufs: number; gainDb: number } | { kind: 'refused'; reason: LoudnessRefusal };

/** `voice`: as the microphone gives it, without a gain. */
export function voiceLoudness(voice: Float32Array): VoiceLoudness {
  if (!moves(voice)) return { kind: 'refused', reason: 'silent' };
  if (clips(voice)) return { kind: 'refused', reason: 'overdriven' };
  const meter = new LoudnessMeter();
  const notes: boolean[] = [];
  const sung: number[] = [];
  let loudest = -Infinity;
  for (let at = 0; at + STEP_SAMPLES <= voice.length; at += STEP_SAMPLES) {
    const step = voice.subarray(at, at + STEP_SAMPLES);
    meter.add(step);
    notes.push(hasNote(step));
    if (notes.length < 4) continue;
    loudest = Math.max(loudest, meter.momentary);
    if (notes.slice(-4).filter(Boolean).length >= LEAST_QUARTERS) sung.push(meter.momentary);
  }
  const least = VOICE_LUFS - MOST_GAIN_DB;
  if (sung.length < LEAST_MOMENTS) {
    if (loudest < least) return { kind: 'refused', reason: 'quiet' };
    return { kind: 'refused', reason: sung.length === 0 ? 'noisy' : 'short' };
  }
  sung.sort((a, b) => a - b);
  const lufs = sung[Math.floor(QUANTILE * (sung.length - 1))] as number;
  if (lufs < least) return { kind: 'refused', reason: 'quiet' };
  return { kind: 'found', lufs, gainDb: Math.max(LEAST_GAIN_DB, VOICE_LUFS - lufs) };
}

function moves(voice: Float32Array): boolean {
  const first = voice[0] ?? 0;
  return voice.some((sample) => Math.abs(sample - first) > STILL);
}

function clips(voice: Float32Array): boolean {
  let quanta = 0;
  for (let at = 0; at < voice.length; at += QUANTUM) {
    let full = 0;
    for (let i = at; i < Math.min(voice.length, at + QUANTUM); i++) if (Math.abs(voice[i] as number) >= FULL_SCALE) full++;
    if (full >= CLIPPED_SAMPLES) quanta++;
  }
  return quanta >= CLIPPED_QUANTA;
}

/** By the autocorrelation: whether the sound repeats itself at any period of a sung note. */
function hasNote(step: Float32Array): boolean {
  const length = Math.floor(step.length / DECIMATION);
  const low = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    let sum = 0;
    for (let j = 0; j < DECIMATION; j++) sum += step[i * DECIMATION + j] as number;
    low[i] = sum / DECIMATION;
  }
  // Without what lies below all notes: hum, wind, the microphone's own offset.
  const flat = highPassed(low);
  const count = length - LONGEST_PERIOD;
  for (let period = SHORTEST_PERIOD; period <= LONGEST_PERIOD; period++) {
    let [both, here, there] = [0, 0, 0];
    for (let i = 0; i < count; i++) {
      const [a, b] = [flat[i] as number, flat[i + period] as number];
      both += a * b;
      here += a * a;
      there += b * b;
    }
    if (here > 0 && there > 0 && both >= NOTE * Math.sqrt(here * there)) return true;
  }
  return false;
}

/** Second order at 70 Hz (Butterworth), at the decimated rate. */
function highPassed(samples: Float32Array): Float32Array {
  const w = Math.tan((Math.PI * 70 * DECIMATION) / SAMPLE_RATE);
  const norm = 1 / (1 + Math.SQRT2 * w + w * w);
  const a1 = 2 * (w * w - 1) * norm;
  const a2 = (1 - Math.SQRT2 * w + w * w) * norm;
  let [x1, x2, y1, y2] = [samples[0] ?? 0, samples[0] ?? 0, 0, 0];
  return samples.map((x) => {
    const y = norm * (x - 2 * x1 + x2) - a1 * y1 - a2 * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    return y;
  });
}
