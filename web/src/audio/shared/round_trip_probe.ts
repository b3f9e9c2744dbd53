// The sound by which the sound card's round trip is measured: short linear chirps, at distances that differ, so that a chirp is never taken for the one
// after it. Pure. The matched filter (round_trip_filter.ts) gathers a chirp's energy into one peak of half a millisecond. Tried on the rendered cards of the
// test: an exponential chirp finds a tenth fewer at 10 dB below the noise; a single maximum-length sequence leaves lobes that pass for earlier arrivals.
// The Hann window fades a chirp in and out, and keeps its peak free of lobes.
import { SAMPLE_RATE } from '../../units.js';

/** Hz: between what the small loudspeakers of laptops give and what the telephone quality of headsets leaves. */
export const LOWEST_HZ = 600;
export const HIGHEST_HZ = 6_600;
/** Frames of a chirp. */
export const CHIRP_FRAMES = 8_000;
/** -18 dBFS: clear, and not loud on an ear. */
const AMPLITUDE = 0.125;
/** The longest round trip that can be measured, in frames: half a second. */
export const MOST_ROUND_TRIP = SAMPLE_RATE / 2;

/** Frames from the beginning to each chirp. No two distances are alike, and each is longer than a chirp with the longest round trip. */
export const ONSETS: readonly number[] = [0, 32_600, 66_400, 99_800, 134_500, 167_700];
/** Frames from the beginning until the last chirp has come back in any case. */
export const PROBE_FRAMES = (ONSETS.at(-1) as number) + CHIRP_FRAMES + MOST_ROUND_TRIP;
/** To see whether a round trip that is known is still the same. */
export const QUICK_ONSETS: readonly number[] = ONSETS.slice(0, 3);
export const QUICK_FRAMES = (QUICK_ONSETS.at(-1) as number) + CHIRP_FRAMES + MOST_ROUND_TRIP;

export function chirp(): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(CHIRP_FRAMES);
  const bend = (HIGHEST_HZ - LOWEST_HZ) / CHIRP_FRAMES;
  for (let i = 0; i < CHIRP_FRAMES; i++) {
    const cycles = ((LOWEST_HZ + (bend * i) / 2) * i) / SAMPLE_RATE;
    const window = Math.sin((Math.PI * (i + 0.5)) / CHIRP_FRAMES) ** 2;
    samples[i] = AMPLITUDE * window * Math.sin(2 * Math.PI * cycles);
  }
  return samples;
}
