// How each track is heard when a recording is mixed again. Pure.
import * as v from 'valibot';
import { numberText } from '../../i18n/format.js';
import { t } from '../../i18n/words.js';
import type { TrackMix } from '../../wire/control/control.js';

export const LEAST_DB = -60;
export const MOST_DB = 12;
/** So many tracks are decoded at once: more cost a phone its breath. The server mixes all of them. */
export const HEARD_AT_ONCE = 16;

const level = v.object({ gain_db: v.nullish(v.number(), 0) });
const facts = v.object({ backing: v.nullish(level), tracks: v.array(v.object({ track: v.string(), ...level.entries })) });

/** How loud each was in the song, in dB. */
export interface Levels {
  tracks: ReadonlyMap<string, number>;
  /** Null: there was none. */
  backing: number | null;
}

/** Of `tracks.json`. Null where it cannot be read. */
export function readLevels(body: unknown): Levels | null {
  const read = v.safeParse(facts, body);
  if (!read.success) return null;
  const tracks = new Map(read.output.tracks.map(({ track, gain_db: db }) => [track, held(db)]));
  const { backing } = read.output;
  return { tracks, backing: backing ? held(backing.gain_db) : null };
}

/** On the fader, in its steps. */
function held(db: number): number {
  return Math.min(MOST_DB, Math.max(LEAST_DB, Math.round(db * 2) / 2));
}

export function asSung(track: string, levels: Levels | null = null): TrackMix {
  return { track, gain_db: levels?.tracks.get(track) ?? 0, balance: 0, muted: false };
}

/** As an amplitude. The lowest place of the fader is silence. */
export function gainOf({ gain_db: db, muted }: TrackMix): number {
  return muted || db <= LEAST_DB ? 0 : 10 ** (db / 20);
}

/** There would be nothing in this mix. */
export function isEmptyMix(strips: readonly TrackMix[], levels: Levels | null): boolean {
  return levels !== null && levels.backing === null && strips.every((strip) => gainOf(strip) === 0);
}

/** Those that are decoded: the first that are not silent. */
export function heardTracks(strips: readonly TrackMix[]): string[] {
  return strips
    .filter((strip) => gainOf(strip) > 0)
    .slice(0, HEARD_AT_ONCE)
    .map(({ track }) => track);
}

/** Those that are not as they were sung. */
export function changedStrips(strips: readonly TrackMix[], levels: Levels | null = null): TrackMix[] {
  return strips.filter(({ track, gain_db: db, balance, muted }) => db !== asSung(track, levels).gain_db || balance !== 0 || muted);
}

export function decibelWords(db: number): string {
  if (db <= LEAST_DB) return t.recordings.silent;
  return t.units.decibels({ db: `${db > 0 ? '+' : ''}${numberText(db, 1)}` });
}

export function balanceWords(balance: number): string {
  if (balance === 0) return t.recordings.inTheMiddle;
  const percent = Math.round(Math.abs(balance) * 100);
  return balance < 0 ? t.recordings.toTheLeft({ percent }) : t.recordings.toTheRight({ percent });
}
