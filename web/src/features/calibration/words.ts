// What is said of a measuring of the round trip.
import type { CalibrationState, Doubt, Way } from './calibration.js';

export type RefusalReason = Extract<CalibrationState, { kind: 'refused' }>['reason'];

/** "123.4 ms": finer would be of no use. */
export function inMs(ms: number): string {
  return `${ms.toFixed(1)} ms`;
}

export function measuredWords(way: Way, ms: number, spreadMs: number): string {
  const tapped = `Tapped: ${Math.round(ms)} ms (give or take ${Math.max(1, Math.round(spreadMs / 2))} ms). Less exact than the chirps`;
  if (way === 'clicks') return `${tapped}.`;
  if (way === 'keys') return `${tapped}: keys and screens answer some hundredths of a second late.`;
  return `Measured: ${inMs(ms)} (steady to ${inMs(Math.max(0.1, spreadMs))}).`;
}

export function confirmedWords(ms: number): string {
  return `Checked: it is still ${inMs(ms)}.`;
}

export function differsWords(ms: number, knownMs: number): string {
  return `It is not ${inMs(knownMs)} any more: this time it was ${inMs(ms)}. Measure it again.`;
}

export function doubtWords({ foundMs, usedMs }: Doubt): string {
  const how = foundMs > usedMs ? 'late' : 'early';
  return `In the song, your sound came back after ${Math.round(foundMs)} ms, not after ${Math.round(usedMs)} ms as it should: the others may hear you ${how}.`;
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
    case 'no_taps':
      return 'Not measured: none of your taps was heard. Look whether the right microphone is chosen above, and tap on it with a finger.';
    case 'few_taps':
      return 'Not measured: there were too few taps. Tap once to each click; where the microphone listens, on the microphone itself.';
    case 'uneven_taps':
      return 'Not measured: the taps came too unevenly. Listen to the first clicks, then tap exactly with each.';
    case 'song':
      return 'Not measured: a song has begun. Measure again when it is over.';
    case 'interrupted':
      return 'Not measured: the sound of this device was interrupted. Leave this page in front until it is done.';
  }
}

/** What one does meanwhile. */
export function listeningWords(way: Way): string {
  switch (way) {
    case 'clicks':
      return 'You hear clicks: tap with a finger on the microphone, or clap near it, exactly with each, until they end.';
    case 'keys':
      return 'You hear clicks: press the button below, or any key, exactly with each, until they end.';
    case 'chirps':
    case 'quick':
      return 'Listening to the chirps: keep the headphones at the microphone, and be silent.';
  }
}

/** Said at the door where measuring was refused. */
export const WITHOUT = 'You may go in all the same: tap along instead, or come in to listen. Who sings without it may be heard late by the others.';
