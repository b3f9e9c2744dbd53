// How each track is heard when a recording is mixed again. Pure.
import type { TrackMix } from '../../wire/control/control.js';

export const LEAST_DB = -60;
export const MOST_DB = 12;
/** So many tracks are decoded at once: more cost a phone its breath. The server mixes all of them. */
export const HEARD_AT_ONCE = 16;

export function asSung(track: string): TrackMix {
  return { track, gain_db: 0, balance: 0, muted: false };
}

/** As an amplitude. The lowest place of the fader is silence. */
export function gainOf({ gain_db: db, muted }: TrackMix): number {
  return muted || db <= LEAST_DB ? 0 : 10 ** (db / 20);
}

/** Those that are decoded: the first that are not silent. */
export function heardTracks(strips: readonly TrackMix[]): string[] {
  return strips
    .filter((strip) => gainOf(strip) > 0)
    .slice(0, HEARD_AT_ONCE)
    .map(({ track }) => track);
}

/** Those that are not as they were sung. */
export function changedStrips(strips: readonly TrackMix[]): TrackMix[] {
  return strips.filter(({ gain_db: db, balance, muted }) => db !== 0 || balance !== 0 || muted);
}

export function decibelWords(db: number): string {
  if (db <= LEAST_DB) return 'silent';
  return `${db > 0 ? '+' : ''}${db.toFixed(1)} dB`;
}

export function balanceWords(balance: number): string {
  if (balance === 0) return 'in the middle';
  return `${Math.round(Math.abs(balance) * 100)} % to the ${balance < 0 ? 'left' : 'right'}`;
}
