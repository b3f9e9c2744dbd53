// How loud the backing is beside the voices, before anybody's own volume. Pure. The same arithmetic stands in mixer/balance.h for clients without a
// browser; server/PROTOCOL.md section 5 tells it.
//
// A calibrated voice has V = -20 LUFS (voice_loudness.ts), and the mix of n voices is their sum times 1.2 times sqrt(3 / (n + 2)). In LUFS:
// - one voice alone:            V + 20 log10(1.2)                                     = V + 1.6 = -18.4
// - the leader's alone (+6 dB): V + 1.6 + 6.0                                         = V + 7.6 = -12.4
// - n with a leader, who holds her level: V + 1.6 + 10 log10(3 (n - 1) / (n + 2) + 0.75 x 1.995799^2), = V + 7.3 to V + 9.4 for all n from 2 on
// What stands in the middle of the first two, V + 4.6 = -15.4 LUFS, lies within 3.0 dB of whichever voice sings in bucket 1, and at most 4.8 dB under
// the choir in the last bucket, however many sing.
import { amplitudeOf } from './decibels.js';
import { VOICE_LUFS } from './voice_loudness.js';

/** What a track is brought to. */
export const BACKING_LUFS = VOICE_LUFS + 4.6;
/** A track that is softer still stays softer: its loudest places have to fit too. */
const MOST_GAIN_DB = 20;

/** The factor for a track of this loudness (LUFS, integrated). */
export function backingGainOf(loudness: number): number {
  return amplitudeOf(Math.min(MOST_GAIN_DB, BACKING_LUFS - loudness));
}
