// Backing tracks (PROTOCOL.md section 3).
import * as v from 'valibot';
import { integer, number, numberOrNull, text, textOrNull, toldFields } from './fields.js';

/** `loudness`: LUFS, integrated; null: silence, or never measured. */
export const track = v.object({ id: text, name: text, seconds: number, channels: integer(1, 2), loudness: numberOrNull });
export type Track = v.InferOutput<typeof track>;

export const TRACK_MESSAGES = [
  /** `track`: chosen for the next song. */
  v.object({ type: v.literal('tracks'), tracks: v.array(track), track: textOrNull }),
  /** Of an upload that is being prepared, 0 to 1. */
  v.object({ type: v.literal('track_progress'), name: text, progress: number, error: textOrNull, ...toldFields }),
] as const;

export type TrackCommand = { type: 'track'; track: string | null } | { type: 'delete_track'; track: string };
