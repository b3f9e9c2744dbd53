// The sound card's round trip, measured from what the microphone heard of the probe (round_trip_probe.ts): for each chirp the time of its first arrival,
// then the median. It is measured, or refused with a reason, and never guessed. Pure; not for worklets.
import { FRAMES_PER_MS } from '../../units.js';
import { decibels, SILENT_DB } from './decibels.js';
import { BEFORE, MatchedFilter, STEP, WINDOW } from './round_trip_filter.js';
import { chirp, ONSETS } from './round_trip_probe.js';

/**
 * silent: the microphone gives nothing at all; not_heard: it hears something, not the probe; quiet: the probe, but too softly; noisy: other sounds are too
 * loud; twice: two ways, one much longer than the other; unsteady: the times of the chirps differ.
 */
export type Refusal = 'silent' | 'not_heard' | 'quiet' | 'noisy' | 'twice' | 'unsteady';

export interface Measured {
  kind: 'measured';
  /** From the loudspeaker's frame to the microphone's. */
  ms: number;
  /** Between the quarter points of the chirps' times. */
  spreadMs: number;
}

export interface Refused {
  kind: 'refused';
  reason: Refusal;
  /** Null where too few chirps were found. */
  spreadMs: number | null;
}

export type RoundTripResult = Measured | Refused;

export const MOST_SPREAD_MS = 2;
const SCATTERED_MS = 40;
/** An earlier arrival counts from this share of the strongest on: an echo may be stronger than the direct sound. */
const CLEAR_SHARE = 0.25;
/** The strongest arrival over the middle of the envelope: so much that noise reaches CLEAR_SHARE of it once in 10,000 measurements (Rayleigh). */
const CLEAR = 20;
/** From here on it is the chirp, but softer than can be relied on. */
const HEARD = 9;
/** A second arrival that is as strong as this share, so much later, is no echo of the room. */
const TWICE_SHARE = 0.5;
const TWICE_LATER = (150 * FRAMES_PER_MS) / STEP;
/** Of the chirps, so many must be clear. */
const LEAST_CLEAR = 2 / 3;
/** What a microphone hears in a quiet room is softer. */
const NOISY_DB = -45;

/** Made when it is first needed. */
let filter: MatchedFilter | null = null;

type Arrival = 'nothing' | 'faint' | 'twice' | number;

/** `recording`: what was heard from the frame of the first chirp's beginning on. */
export function roundTripOf(recording: Float32Array, onsets: readonly number[] = ONSETS): RoundTripResult {
  const loudness = decibels(rmsOf(recording));
  if (!(loudness > SILENT_DB)) return { kind: 'refused', reason: 'silent', spreadMs: null };
  filter ??= new MatchedFilter(chirp());
  const envelopes = onsets.map((onset) => (filter as MatchedFilter).envelope(windowAt(recording, onset - BEFORE)));
  const arrivals = envelopes.map(arrivalIn);
  const times = arrivals.filter((arrival) => typeof arrival === 'number').sort((a, b) => a - b);
  const spreadMs = times.length > 1 ? quantile(times, 0.75) - quantile(times, 0.25) : null;
  const share = (wanted: Arrival): number => arrivals.filter((arrival) => arrival === wanted).length / arrivals.length;
  const refused = (reason: Refusal): Refused => ({ kind: 'refused', reason, spreadMs });
  if (times.length < LEAST_CLEAR * onsets.length || spreadMs === null) {
    if (share('twice') >= 1 / 3) return refused('twice');
    if (loudness > NOISY_DB) return refused('noisy');
    return refused(times.length > 0 || share('faint') >= 0.5 ? 'quiet' : 'not_heard');
  }
  // No card's delay changes so much within seconds: what was found are other sounds.
  if (spreadMs > SCATTERED_MS) return refused(loudness > NOISY_DB ? 'noisy' : 'not_heard');
  if (spreadMs > MOST_SPREAD_MS) return refused('unsteady');
  return { kind: 'measured', ms: quantile(times, 0.5), spreadMs };
}

/** When the chirp first arrived, in ms; or why that cannot be told. */
function arrivalIn(envelope: Float64Array): Arrival {
  const strongest = largestOf(envelope);
  const middle = quantile(Float64Array.from(envelope).sort(), 0.5);
  if (strongest < HEARD * middle || strongest === 0) return 'nothing';
  if (strongest < CLEAR * middle) return 'faint';
  const first = envelope.findIndex((_, i) => isPeak(envelope, i) && (envelope[i] as number) >= CLEAR_SHARE * strongest);
  if (first < 0) return 'nothing';
  if (largestOf(envelope.subarray(first + TWICE_LATER)) > TWICE_SHARE * strongest) return 'twice';
  return ((first + topOf(envelope, first)) * STEP - BEFORE) / FRAMES_PER_MS;
}

function isPeak(envelope: Float64Array, i: number): boolean {
  const value = envelope[i] as number;
  return i > 0 && i < envelope.length - 1 && value > (envelope[i - 1] as number) && value >= (envelope[i + 1] as number);
}

/** The top of the parabola through a peak and its neighbours, in points from the peak. */
function topOf(envelope: Float64Array, i: number): number {
  const [before, at, after] = [envelope[i - 1] as number, envelope[i] as number, envelope[i + 1] as number];
  return (before - after) / (2 * (before - 2 * at + after));
}

/** What the recording does not hold is silence. */
function windowAt(recording: Float32Array, from: number): Float32Array {
  const window = new Float32Array(WINDOW);
  window.set(recording.subarray(Math.max(0, from), Math.max(0, from + WINDOW)), Math.max(0, -from));
  return window;
}

function largestOf(values: Float64Array): number {
  let largest = 0;
  for (const value of values) if (value > largest) largest = value;
  return largest;
}

function rmsOf(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, samples.length));
}

/** Of sorted numbers, in between where it falls between two. */
function quantile(sorted: ArrayLike<number>, share: number): number {
  const at = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(at)] as number, sorted[Math.ceil(at)] as number];
  return below + (at - Math.floor(at)) * (above - below);
}
