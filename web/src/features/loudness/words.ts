// What is said of a measuring of how loud one sings.
import type { LoudnessState } from './loudness_calibration.js';
import { t } from '../../i18n/words.js';

export type LoudnessReason = Extract<LoudnessState, { kind: 'refused' }>['reason'];

/** What becomes of one's voice, in words and in dB. */
export function gainWords(db: number): string {
  if (Math.abs(db) < 0.5) return t.loudness.yourVoiceGoesOutAs;
  const by = { db: Math.round(Math.abs(db)) };
  return db > 0 ? t.loudness.madeLouder(by) : t.loudness.madeSofter(by);
}

/** Why it was refused, and what to do next. */
export function loudnessRefusalWords(reason: LoudnessReason): string {
  switch (reason) {
    case 'silent':
      return t.loudness.notMeasuredYourMicrophoneGives;
    case 'quiet':
      return t.loudness.notMeasuredNearlyNothingWas;
    case 'noisy':
      return t.loudness.notMeasuredNoiseWasHeard;
    case 'short':
      return t.loudness.notMeasuredYouSangToo;
    case 'overdriven':
      return t.loudness.notMeasuredYouAreToo;
    case 'song':
      return t.loudness.notMeasuredASongHas;
    case 'interrupted':
      return t.loudness.notMeasuredTheSoundOf;
  }
}
