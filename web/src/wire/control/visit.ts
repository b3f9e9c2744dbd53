// Coming, going, and what keeps a visit alive (PROTOCOL.md section 3).
import * as v from 'valibot';
import type { BucketNumber } from '../../units.js';
import { flag, integer, number, position, text, textOrNull } from './fields.js';
import { listeners, person, type Role } from './people.js';
import { removedPerson, rights, roomOrder } from './order.js';
import { NO_PLAN, plan } from './plan.js';
import { score } from './scores.js';
import { settings } from './settings.js';
import { song } from './song.js';
import { track } from './tracks.js';
import { sheet } from './words.js';

export const PROTOCOL_VERSION = 1;
/** Samples. */
const MOST_MIX_DELAY = 4_800;

export const welcome = v.object({
  type: v.literal('welcome'),
  version: number,
  you: person,
  token: text,
  organiser: flag,
  room: roomOrder,
  rights: v.nullish(rights, []),
  /** To organisers. */
  removed: v.nullish(v.array(removedPerson), []),
  /** To organisers and engineers. */
  loudspeakers: v.nullish(v.array(text), []),
  /** One came in muted, because the room has it so with many people. */
  started_muted: v.optional(flag),
  /** A long list goes on in `people` messages. */
  people: v.array(person),
  listeners: v.nullish(listeners, { count: 0, named: true }),
  leader: textOrNull,
  /** Who would like to lead, and waits for the leader's answer. */
  lead_asked: textOrNull,
  song,
  /** Of the next song. */
  plan: v.nullish(plan, NO_PLAN),
  settings,
  tracks: v.array(track),
  track: textOrNull,
  /** The words of songs that the room has. */
  sheets: v.nullish(v.array(sheet), []),
  scores: v.nullish(v.array(score), []),
  /** Now, at the server. */
  position,
  /** Samples by which decoded mix packets lag behind their label. */
  mix_delay: integer(0, MOST_MIX_DELAY),
  backing_gain: number,
});
export type Welcome = v.InferOutput<typeof welcome>;

/** What was asked for with a number was carried out. */
const done = v.object({ type: v.literal('done'), id: number, about: text, key: v.nullish(text, null), token: v.nullish(text, null) });

export const VISIT_MESSAGES = [welcome, done, v.object({ type: v.literal('pong'), id: number, position })] as const;

export interface Hello {
  type: 'hello';
  version: number;
  room: string;
  name: string;
  role: Role;
  token?: string;
  key?: string;
  bucket?: BucketNumber;
  part?: string;
  password?: string;
}

export type VisitMessage = Hello | { type: 'leave' } | { type: 'ping'; id: number };
