// The round trip by tapping, for who cannot hold a headphone to the microphone: one hears clicks and taps along with them, on the microphone, or on a key or the
// screen. Less exact than the chirps (round_trip.ts): people tap some hundredths of a second early, and unevenly; and keys and screens answer late.
// Pure; not for worklets, but for the clicks themselves.
import { FRAMES_PER_MS, SAMPLE_RATE } from '../../units.js';
import { decibels, SILENT_DB } from './decibels.js';

/** 100 a minute: easy to tap to, and longer apart than the times that can be told from each other. */
const CLICK_DISTANCE = (600 * SAMPLE_RATE) / 1000;
const CLICKS = 16;
/** The first ones are for getting into it. */
const COUNT_IN = 3;
export const CLICK_ONSETS: readonly number[] = Array.from({ length: CLICKS }, (_, i) => i * CLICK_DISTANCE);
export const CLICKS_FRAMES = CLICKS * CLICK_DISTANCE;
export const LEAST_TAPS = 10;
/** Between the quarter points of the taps' times; who taps to a click without practice stays within 40 ms. */
export const MOST_TAP_SPREAD_MS = 50;

/** A tap belongs to the click that it follows by so much at most, or precedes: together one distance of clicks. */
const LATEST = 450 * FRAMES_PER_MS;
const EARLIEST = LATEST - CLICK_DISTANCE;
const CLICK_FRAMES = 768;
const CLICK_HZ = 1_000;
const AMPLITUDE = 0.25;
/** The loudness is looked at in pieces of so many frames: 1 ms. */
const PIECE = 48;
/** A tap begins where it is so much louder than the middle of what is heard, and this share of the loudest. */
const OVER_MIDDLE = 8;
const OF_LOUDEST = 0.2;
/** A tap's own ringing is no other tap. */
const APART = 200;

/** The microphone gives nothing at all; or no tap; or fewer than LEAST_TAPS; or at times that differ too much. */
export type TapRefusal = 'silent' | 'no_taps' | 'few_taps' | 'uneven_taps';

export type TapResult = { kind: 'measured'; ms: number; spreadMs: number } | { kind: 'refused'; reason: TapRefusal; spreadMs: number | null };

export function click(): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: CLICK_FRAMES }, (_, i) => {
    const fade = Math.min(1, i / 48, (CLICK_FRAMES - 1 - i) / 480);
    return AMPLITUDE * fade * Math.sin((2 * Math.PI * CLICK_HZ * i) / SAMPLE_RATE);
  });
}

/** `recording`: what was heard from the frame of the first click on. */
export function tappedRoundTrip(recording: Float32Array): TapResult {
  const taps = tapsIn(recording);
  if (taps.length === 0) return { kind: 'refused', reason: isSilent(recording) ? 'silent' : 'no_taps', spreadMs: null };
  return roundTripOfTaps(taps);
}

/** `taps`: in frames from the first click on. */
export function roundTripOfTaps(taps: readonly number[]): TapResult {
  const times = CLICK_ONSETS.slice(COUNT_IN)
    .map((onset) => taps.map((tap) => tap - onset).filter((late) => late >= EARLIEST && late < LATEST))
    // Two taps at one click: which one was meant, nobody knows.
    .filter((near) => near.length === 1)
    .map((near) => (near[0] as number) / FRAMES_PER_MS)
    .sort((a, b) => a - b);
  if (times.length < LEAST_TAPS) return { kind: 'refused', reason: 'few_taps', spreadMs: null };
  const at = (share: number): number => times[Math.round(share * (times.length - 1))] as number;
  const spreadMs = at(0.75) - at(0.25);
  if (spreadMs > MOST_TAP_SPREAD_MS) return { kind: 'refused', reason: 'uneven_taps', spreadMs };
  // Who taps early at a fast sound card seems to be ahead of it.
  return { kind: 'measured', ms: Math.max(0, at(0.5)), spreadMs };
}

function isSilent(recording: Float32Array): boolean {
  const power = recording.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, recording.length);
  return !(decibels(Math.sqrt(power)) > SILENT_DB);
}

/** The frames at which taps begin. */
function tapsIn(recording: Float32Array): number[] {
  const loudness = loudnessOf(recording);
  const sorted = Float64Array.from(loudness).sort();
  const middle = sorted[sorted.length >> 1] ?? 0;
  // Of the loudest, a few may be a bump.
  const loudest = sorted[Math.max(0, sorted.length - LEAST_TAPS)] ?? 0;
  const least = Math.max(OVER_MIDDLE * middle, OF_LOUDEST * loudest, 1e-4);
  const taps: number[] = [];
  let last = -Infinity;
  for (let i = 0; i < loudness.length; i++) {
    if ((loudness[i] as number) < least) continue;
    if (i - last > APART) taps.push(i * PIECE);
    last = i;
  }
  return taps;
}

/** Of each piece, without what rumbles: of the differences from sample to sample. */
function loudnessOf(recording: Float32Array): Float64Array {
  const loudness = new Float64Array(Math.floor(recording.length / PIECE));
  for (let i = 0; i < loudness.length; i++) {
    let sum = 0;
    for (let n = Math.max(1, i * PIECE); n < (i + 1) * PIECE; n++) sum += ((recording[n] as number) - (recording[n - 1] as number)) ** 2;
    loudness[i] = Math.sqrt(sum / PIECE);
  }
  return loudness;
}
