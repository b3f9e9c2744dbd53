// Who is in the room: messages about people, and what one says of oneself (PROTOCOL.md section 3).
import * as v from 'valibot';
import type { BucketNumber } from '../../units.js';
import { bucketNumber, flag, integer, text } from './fields.js';

const ROLES = ['singer', 'listener'] as const;
export type Role = (typeof ROLES)[number];

export const person = v.object({
  id: text,
  name: text,
  bucket: bucketNumber,
  role: v.picklist(ROLES),
  muted: flag,
  leader: flag,
  connected: flag,
  robot: flag,
  /** The voice part that she sings; empty: none. */
  part: v.nullish(text, ''),
  organiser: v.nullish(flag, false),
  engineer: v.nullish(flag, false),
  /** Appointed, where not every singer may lead. */
  may_lead: v.nullish(flag, false),
  /** Muted by somebody else, and may not undo it herself. */
  held: v.nullish(flag, false),
  /** Since when her hand is up; since the epoch, in ms. 0: it is not. */
  hand: v.nullish(integer(0), 0),
  /** Nobody has touched her page for long. */
  away: v.nullish(flag, false),
  /** Of recordings. */
  left_out: v.nullish(flag, false),
});
export type Person = v.InferOutput<typeof person>;

/** Those who only listen. */
export const listeners = v.object({
  count: integer(0),
  /** Shown one by one; otherwise only their number is told, and nobody hears who they are. */
  named: flag,
});
export type Listeners = v.InferOutput<typeof listeners>;

export const PEOPLE_MESSAGES = [
  v.object({ type: v.literal('person'), person }),
  v.object({ type: v.literal('people'), people: v.array(person), gone: v.nullish(v.array(text), []) }),
  v.object({ type: v.literal('gone'), id: text }),
  v.object({ type: v.literal('listeners'), listeners }),
  /** Whose voices began or ceased to sound in the song. */
  v.object({ type: v.literal('sounding'), on: v.array(text), off: v.array(text) }),
] as const;

export type PeopleCommand =
  | { type: 'bucket'; bucket: BucketNumber }
  | { type: 'mute'; muted: boolean }
  | { type: 'role'; role: Role }
  | { type: 'name'; name: string }
  /** Empty: none. */
  | { type: 'part'; part: string }
  | { type: 'hear_part'; on: boolean }
  /** One's own microphone hears one's own loudspeaker. */
  | { type: 'loudspeaker'; open: boolean }
  | { type: 'hand'; up: boolean }
  /** Nobody has touched the page for long, or somebody is there again. */
  | { type: 'away'; away: boolean };
