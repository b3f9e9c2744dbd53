// The song, who leads it, and how well the connections keep up with it (PROTOCOL.md section 3).
import * as v from 'valibot';
import { integer, number, position, text, textOrNull } from './fields.js';
import { track } from './tracks.js';

export const song = v.object({
  number: integer(0, 0xffffffff),
  /** Positions. The song reaches bucket b when now is start + offset of b. */
  start: position,
  end: v.nullish(position, null),
  track: v.nullish(track, null),
  state: v.picklist(['none', 'playing']),
});
export type Song = v.InferOutput<typeof song>;

/** A singer whose connection holds the others up. */
export const slowSinger = v.object({
  id: text,
  loop_ms: number,
  /** Of her voice, in this song. */
  late_percent: number,
});
export type SlowSinger = v.InferOutput<typeof slowSinger>;

export const SONG_MESSAGES = [
  v.object({ type: v.literal('song'), song }),
  v.object({ type: v.literal('leader'), leader: textOrNull }),
  v.object({ type: v.literal('lead_asked'), by: textOrNull }),
  v.object({ type: v.literal('loop'), loop_ms: number, late_percent: number }),
  v.object({ type: v.literal('loops'), interval_ms: number, slow: v.array(slowSinger) }),
] as const;

export type SongCommand =
  | { type: 'lead' }
  /** To this singer; to who asked for it, or to nobody. */
  | { type: 'give_lead'; to?: string }
  | { type: 'keep_lead' }
  | { type: 'start' }
  | { type: 'stop'; now?: boolean };
