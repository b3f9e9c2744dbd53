// Backing tracks (PROTOCOL.md section 3).
import * as v from 'valibot';
import { integer, number, numberOrNull, text, textOrNull, toldFields } from './fields.js';

/** `loudness`: LUFS, integrated; null: silence, or never measured. */
const credit = v.optional(text);
/** Whose a song of the library is, as far as it is known. */
export const credits = v.object({
  artist: credit,
  album: credit,
  key: credit,
  licence: credit,
  attribution: credit,
  link: credit,
  tempo_bpm: v.optional(number),
});
export type Credits = v.InferOutput<typeof credits>;

export const track = v.object({
  id: text,
  name: text,
  seconds: number,
  channels: integer(1, 2),
  loudness: numberOrNull,
  credits: v.optional(credits),
  /** Its id in this server's library; missing: it is none of it. */
  library_song: v.optional(integer(1)),
});
export type Track = v.InferOutput<typeof track>;

export const TRACK_MESSAGES = [
  /** `track`: chosen for the next song. */
  v.object({ type: v.literal('tracks'), tracks: v.array(track), track: textOrNull }),
  /** Of an upload that is being prepared, 0 to 1. */
  v.object({ type: v.literal('track_progress'), name: text, progress: number, error: textOrNull, ...toldFields }),
] as const;

export type TrackCommand = { type: 'track'; track: string | null } | { type: 'delete_track'; track: string };
