// What is said of a measuring of the round trip.
import type { CalibrationState, Doubt, Way } from './calibration.js';
import { numberText } from '../../i18n/format.js';
import { t } from '../../i18n/words.js';

export type RefusalReason = Extract<CalibrationState, { kind: 'refused' }>['reason'];

/** "123.4 ms": finer would be of no use. */
export function inMs(ms: number): string {
  return t.calibration.ms({ ms: numberText(ms, 1) });
}

export function measuredWords(way: Way, ms: number, spreadMs: number): string {
  const tapped = { ms: Math.round(ms), spread: Math.max(1, Math.round(spreadMs / 2)) };
  if (way === 'clicks') return t.calibration.tapped(tapped);
  if (way === 'keys') return t.calibration.tappedOnKeys(tapped);
  return t.calibration.measuredSteadyTo({ inMs: inMs(ms), inMs2: inMs(Math.max(0.1, spreadMs)) });
}

export function confirmedWords(ms: number): string {
  return t.calibration.checkedItIsStill({ inMs: inMs(ms) });
}

export function differsWords(ms: number, knownMs: number): string {
  return t.calibration.itIsNotAnyMore({ inMs: inMs(knownMs), inMs2: inMs(ms) });
}

export function doubtWords({ foundMs, usedMs }: Doubt): string {
  const values = { found: Math.round(foundMs), used: Math.round(usedMs) };
  return foundMs > usedMs ? t.calibration.heardLateInTheSong(values) : t.calibration.heardEarlyInTheSong(values);
}

/** Why it was refused, and what to do next. */
export function refusalWords(reason: RefusalReason): string {
  switch (reason) {
    case 'silent':
      return t.calibration.notMeasuredYourMicrophoneGives;
    case 'not_heard':
      return t.calibration.notMeasuredYourMicrophoneDid;
    case 'quiet':
      return t.calibration.notMeasuredTheChirpsCame;
    case 'noisy':
      return t.calibration.notMeasuredSomethingElseWas;
    case 'twice':
      return t.calibration.notMeasuredTheChirpsCame2;
    case 'unsteady':
      return t.calibration.notMeasuredTheDelayChanges;
    case 'no_taps':
      return t.calibration.notMeasuredNoneOfYour;
    case 'few_taps':
      return t.calibration.notMeasuredThereWereToo;
    case 'uneven_taps':
      return t.calibration.notMeasuredTheTapsCame;
    case 'song':
      return t.calibration.notMeasuredASongHas;
    case 'interrupted':
      return t.calibration.notMeasuredTheSoundOf;
  }
}

/** What one does meanwhile. */
export function listeningWords(way: Way): string {
  switch (way) {
    case 'clicks':
      return t.calibration.youHearClicksTapWith;
    case 'keys':
      return t.calibration.youHearClicksPressThe;
    case 'chirps':
    case 'quick':
      return t.calibration.listeningToTheChirpsKeep;
  }
}

/** Said at the door where measuring was refused. */
export const WITHOUT = () => t.calibration.youMayGoInAll;
