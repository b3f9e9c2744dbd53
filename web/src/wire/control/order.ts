// How the room is kept, who may do what, and what organisers and engineers do with others (PROTOCOL.md section 3).
import * as v from 'valibot';
import type { BucketNumber } from '../../units.js';
import { bucketNumber, flag, integer, number, text } from './fields.js';
import { recordingOrder, type RecordingPolicy, type RecordingsFor } from './recordings.js';

/** The next evening. */
export const meeting = v.object({
  /** Unix time, in seconds. */
  begins: number,
  minutes: integer(1, 24 * 60),
  /** Empty: the room's name. */
  title: text,
});
export type Meeting = v.InferOutput<typeof meeting>;

export const MOST_START_MUTED = 10_000;

const LEADS = ['singers', 'appointed'] as const;

export const roomOrder = v.object({
  id: text,
  name: text,
  /** On the server's first page. */
  listed: v.nullish(flag, false),
  /** Closed to newcomers. */
  locked: v.nullish(flag, false),
  /** Newcomers need one. */
  password: v.nullish(flag, false),
  /** Who may lead: any singer, or only who was appointed. */
  leads: v.nullish(v.picklist(LEADS), 'singers'),
  parts: v.nullish(v.array(text), []),
  /** Of the parts that are fixed to one. */
  part_buckets: v.nullish(v.record(text, bucketNumber), {}),
  /** People may write; announcements are made in any case. */
  chat: v.nullish(flag, true),
  ...recordingOrder,
  meeting: v.optional(meeting),
  /** With so many people there, singers who come in begin muted; absent: never. */
  start_muted: v.optional(integer(0, MOST_START_MUTED)),
});
export type RoomOrder = v.InferOutput<typeof roomOrder>;

export const removedPerson = v.object({ id: text, name: text });
export type RemovedPerson = v.InferOutput<typeof removedPerson>;

/** Types of commands: what one may do as far as who one is matters, whatever the moment. */
export const rights = v.array(text);

export const ORDER_MESSAGES = [
  v.object({ type: v.literal('room'), room: roomOrder }),
  v.object({ type: v.literal('rights'), rights, organiser: flag }),
  /** To organisers. */
  v.object({ type: v.literal('removed'), people: v.array(removedPerson) }),
  /** To organisers and engineers: the ids of those whose microphone hears their loudspeaker. */
  v.object({ type: v.literal('loudspeakers'), people: v.array(text) }),
] as const;

/** What is left out stays. */
export interface RoomChange {
  name?: string;
  listed?: boolean;
  locked?: boolean;
  chat?: boolean;
  leads?: (typeof LEADS)[number];
  parts?: string[];
  part_buckets?: Record<string, BucketNumber>;
  recording?: RecordingPolicy;
  recordings_for?: RecordingsFor;
  /** 0: for ever. */
  recordings_days?: number;
  /** Null: none. */
  meeting?: Meeting | null;
  /** Null: never. */
  start_muted?: number | null;
}

export type OrderCommand =
  /** `may_undo`: she may switch her microphone on again herself. */
  | { type: 'mute_person'; person: string; muted: boolean; may_undo?: boolean }
  | { type: 'move_person'; person: string; bucket: BucketNumber }
  /** All hands that are up, or one person's. */
  | { type: 'lower_hands'; person?: string }
  | { type: 'remove_person'; person: string }
  | { type: 'readmit'; person: string }
  | { type: 'appoint'; person: string; organiser?: boolean; engineer?: boolean; may_lead?: boolean }
  | ({ type: 'room' } & RoomChange)
  | { type: 'password'; password: string | null }
  /** Answered by the key in `done`, which needs an `id`. */
  | { type: 'new_key'; id?: number }
  | { type: 'delete_room' };
