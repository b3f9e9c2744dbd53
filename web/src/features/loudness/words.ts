// What is said of a measuring of how loud one sings.
import type { LoudnessState } from './loudness_calibration.js';

export type LoudnessReason = Extract<LoudnessState, { kind: 'refused' }>['reason'];

/** What becomes of one's voice, in words and in dB. */
export function gainWords(db: number): string {
  if (Math.abs(db) < 0.5) return 'Your voice goes out as it is.';
  return `Your voice is made ${db > 0 ? 'louder' : 'softer'} by ${Math.abs(db).toFixed(0)} dB, so that all voices are alike.`;
}

/** Why it was refused, and what to do next. */
export function loudnessRefusalWords(reason: LoudnessReason): string {
  switch (reason) {
    case 'silent':
      return 'Not measured: your microphone gives no sound at all. Look whether it is switched off or muted, or choose another one above.';
    case 'quiet':
      return 'Not measured: nearly nothing was heard. Come closer to the microphone, or turn it up in the sound settings of your device, and sing again.';
    case 'noisy':
      return 'Not measured: noise was heard, but no singing. Sing some long notes, and switch off what makes noise near the microphone.';
    case 'short':
      return 'Not measured: you sang too little. Press “Sing again”, and sing until the bar is full.';
    case 'overdriven':
      return 'Not measured: you are too loud for your microphone. Turn it down in the sound settings of your device, or step back, and sing again.';
    case 'song':
      return 'Not measured: a song has begun. Measure again when it is over.';
    case 'interrupted':
      return 'Not measured: the sound of this device was interrupted. Leave this page in front until it is done.';
  }
}
