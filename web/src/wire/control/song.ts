// The song, who leads it, and how well the connections keep up with it (PROTOCOL.md section 3).
import * as v from 'valibot';
import { flag, integer, number, position, text, textOrNull } from './fields.js';
import { MOST_ROUND_PARTS, NO_PLAN, plan } from './plan.js';
import { track } from './tracks.js';

/** What those in a bucket sing in a round by parts. */
export const songPart = v.object({ part: integer(1, MOST_ROUND_PARTS), enters: position });

const fields = v.object({
  number: integer(0, 0xffffffff),
  /** Positions. The song reaches bucket b when now is start + offset of b. */
  start: position,
  /** Where the music begins, behind the count-in. */
  music: v.nullish(position),
  end: v.nullish(position, null),
  track: v.nullish(track, null),
  /** With which it was started. */
  plan: v.nullish(plan, NO_PLAN),
  /** Of each bucket; none but in a round by parts. */
  parts: v.nullish(v.array(songPart), []),
  state: v.picklist(['none', 'playing']),
  recording: v.nullish(flag, false),
  /** The next one will be. */
  record_next: v.nullish(flag, false),
  /** The server’s disk takes nothing of it just now. */
  recording_trouble: v.nullish(flag, false),
});
export const song = v.pipe(
  fields,
  v.transform((song) => ({ ...song, music: song.music ?? song.start })),
);
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
