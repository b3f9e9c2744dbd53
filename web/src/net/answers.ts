// What the server's HTTP answers hold (PROTOCOL.md section 4), checked.
import * as v from 'valibot';
import { integer, toldFields } from '../wire/control/fields.js';
import { RECORDING_POLICIES } from '../wire/control/recordings.js';
import { meeting } from '../wire/control/order.js';
import { bad, good, type Result } from '../wire/result.js';
import { t } from '../i18n/words.js';

export const NOT_UNDERSTOOD = () => t.net.theServerGaveAnAnswer;

/** The checked value, or a sentence. What a schema does not know is let through and left out. */
export function readAnswer<T>(schema: v.GenericSchema<unknown, T>, body: unknown): Result<T> {
  const read = v.safeParse(schema, body, { abortEarly: true });
  return read.success ? good(read.output) : bad(NOT_UNDERSTOOD());
}

export const madeRoom = v.object({
  room: v.string(),
  /** A path. */
  link: v.string(),
  key: v.string(),
});
export type MadeRoom = v.InferOutput<typeof madeRoom>;

/** What anybody is told of a room: how many are in it, whether it has a password and is closed to newcomers, and the voice parts that it has. */
export const roomCard = v.object({
  room: v.string(),
  name: v.string(),
  people: integer(0),
  password: v.nullish(v.boolean(), false),
  locked: v.nullish(v.boolean(), false),
  parts: v.nullish(v.array(v.string()), []),
  /** Whether its songs are recorded. */
  recording: v.nullish(v.picklist(RECORDING_POLICIES), 'off'),
  meeting: v.optional(meeting),
  /** It can be heard by a link. */
  live: v.optional(v.boolean()),
  /** Where anybody may hear it so: a path of sound, good for some hours. */
  live_pass: v.optional(v.string()),
  /** A singer who came in now would begin with her microphone off. */
  start_muted: v.nullish(v.boolean(), false),
});
export type RoomCard = v.InferOutput<typeof roomCard>;

/** Those that their organisers show to everybody. */
export const listedRooms = v.object({
  rooms: v.array(v.object({ room: v.string(), name: v.string(), people: integer(0), password: v.nullish(v.boolean(), false) })),
});
export type ListedRoom = v.InferOutput<typeof listedRooms>['rooms'][number];

export const health = v.object({ status: v.string() });

export const begunUpload = v.object({
  upload: v.string(),
  name: v.string(),
  piece_bytes: integer(1, 1e9),
});

/** How much of an upload is there. */
export function uploadOffset(most: number) {
  return v.object({ offset: integer(0, most) });
}

export const finishedScore = v.object({ score: v.object({ id: v.string() }) });
export const finishedUpload = v.object({ track: v.object({ id: v.string() }) });

export const originRefused = v.object({ error: v.object({ code: v.literal('origin_refused') }) });
export const errorBody = v.object({ error: v.object({ message: v.string(), ...toldFields }) });
