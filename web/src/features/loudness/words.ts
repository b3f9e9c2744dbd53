// What is said of a measuring of how loud one sings.
import type { LoudnessState } from './loudness_calibration.js';
import { t } from '../../i18n/words.js';

export type LoudnessReason = Extract<LoudnessState, { kind: 'refused' }>['reason'];

/** What becomes of one's voice, in words and in dB. */
export function gainWords(db: number): string {
  if (Math.abs(db) < 0.5) return t.loudness.yourVoiceGoesOutAs;
  return `Your voice is made ${db > 0 ? 'louder' : 'softer'} by ${Math.abs(db).toFixed(0)} dB, so that all voices are alike.`;
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
