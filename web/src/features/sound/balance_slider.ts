// The slider of one's own balance: in its middle the backing is as loud as the voices; to its left softer, down to silence; to its right louder, up to
// 15 dB. What is remembered is the volume (audio/shared/volume.ts). Pure.
import { volumeFactor } from '../../audio/shared/volume.js';
import { decibels } from '../../audio/shared/decibels.js';
import { t } from '../../i18n/words.js';

/** The slider's right end. */
export const MOST_BALANCE = 2;
/** Volumes above 1 lie twice as densely as those below, so that 1 is in the middle. */
const ABOVE = 0.5;

export function volumeOfBalance(balance: number): number {
  return balance <= 1 ? balance : 1 + (balance - 1) * ABOVE;
}

export function balanceOf(volume: number): number {
  return volume <= 1 ? volume : 1 + (volume - 1) / ABOVE;
}

export function balanceWords(volume: number): string {
  const factor = volumeFactor(volume);
  if (factor === 0) return t.sound.silent;
  const db = Math.round(decibels(factor));
  if (db === 0) return t.sound.asLoudAsTheVoices;
  return db < 0 ? t.sound.softer({ db: -db }) : t.sound.louder({ db });
}
