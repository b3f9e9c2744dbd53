// What is said of a measuring of the round trip.
import type { CalibrationState } from './calibration.js';

export type RefusalReason = Extract<CalibrationState, { kind: 'refused' }>['reason'];

/** "123.4 ms": finer would be of no use. */
export function inMs(ms: number): string {
  return `${ms.toFixed(1)} ms`;
}

export function measuredWords(ms: number, spreadMs: number): string {
  return `Measured: ${inMs(ms)} (steady to ${inMs(Math.max(0.1, spreadMs))}).`;
}

/** Why it was refused, and what to do next. */
export function refusalWords(reason: RefusalReason): string {
  switch (reason) {
    case 'silent':
      return 'Not measured: your microphone gives no sound at all. Look whether it is switched off or muted, or choose another one above.';
    case 'not_heard':
      return 'Not measured: your microphone did not hear the chirps. Hold the headphones close to it, and make your sound louder.';
    case 'quiet':
      return 'Not measured: the chirps came too softly. Make your sound louder, or hold the headphones closer to the microphone.';
    case 'noisy':
      return 'Not measured: something else was too loud. Wait until it is quiet around you, and hold the headphones close to the microphone.';
    case 'twice':
      return 'Not measured: the chirps came twice. Switch off what plays your microphone back to you, or a second loudspeaker.';
    case 'unsteady':
      return 'Not measured: the delay changes from one chirp to the next. Close other programs; with Bluetooth, take headphones on a cable.';
    case 'interrupted':
      return 'Not measured: the sound of this device was interrupted. Leave this page in front until it is done.';
  }
}
