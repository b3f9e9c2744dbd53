// Control messages, as JSON (PROTOCOL.md section 3). Pure: text to a checked value and back.
import type { BucketNumber } from '../units.js';
import { MAX_BUCKETS } from './header.js';
import { FieldError, asFields, flag, integer, list, number, oneOf, orNull, text, type Fields } from './fields.js';
import type { Listeners, Person, Role, RoomName, Settings, SlowSinger, Song, Track } from './model.js';
import { bad, good, type Result } from './result.js';

export const PROTOCOL_VERSION = 1;

export interface Hello {
  type: 'hello';
  version: number;
  room: string;
  name: string;
  role: Role;
  token?: string;
  key?: string;
  bucket?: BucketNumber;
}

/** The room's settings that a person may change; what is left out stays. */
export interface SettingsChange {
  interval?: 'automatic' | 'by_hand';
  /** Sets it by hand. */
  interval_ms?: number;
  buckets?: number;
  automatic_gain?: boolean;
  first_offset_ms?: number;
}

/** What a person asks for once she is in the room. */
export type Command =
  | { type: 'lead' }
  /** To this singer; to who asked for it, or to nobody. */
  | { type: 'give_lead'; to?: string }
  | { type: 'keep_lead' }
  | { type: 'track'; track: string | null }
  | { type: 'start' }
  | { type: 'stop'; now?: boolean }
  | { type: 'bucket'; bucket: BucketNumber }
  | { type: 'mute'; muted: boolean }
  | { type: 'role'; role: Role }
  | { type: 'name'; name: string }
  | ({ type: 'settings' } & SettingsChange)
  | { type: 'delete_track'; track: string };

export type ClientMessage = Hello | Command | { type: 'leave' } | { type: 'ping'; id: number };

export interface Welcome {
  type: 'welcome';
  version: number;
  you: Person;
  token: string;
  organiser: boolean;
  room: RoomName;
  /** A long list goes on in `people` messages. */
  people: Person[];
  listeners: Listeners;
  leader: string | null;
  /** Who would like to lead, and waits for the leader's answer. */
  lead_asked: string | null;
  song: Song;
  settings: Settings;
  tracks: Track[];
  track: string | null;
  /** Now, at the server. */
  position: number;
  /** Samples by which decoded mix packets lag behind their label. */
  mix_delay: number;
  backing_gain: number;
}

export interface ServerError {
  type: 'error';
  code: string;
  message: string;
  about: string | null;
}

/** Errors that only the author of a client can do something about (PROTOCOL.md 3.2). */
const FOR_AUTHORS = new Set(['bad_message', 'bad_packet', 'unknown_type', 'too_fast', 'not_singing']);

/** Whether an error's sentence is meant for people. */
export function isForPeople(error: ServerError): boolean {
  return error.about !== 'voice' && !FOR_AUTHORS.has(error.code);
}

export type ServerMessage =
  | Welcome
  | { type: 'person'; person: Person }
  | { type: 'people'; people: Person[]; gone: string[] }
  | { type: 'gone'; id: string }
  | { type: 'listeners'; listeners: Listeners }
  | { type: 'leader'; leader: string | null }
  | { type: 'lead_asked'; by: string | null }
  | { type: 'song'; song: Song }
  | { type: 'settings'; settings: Settings }
  | { type: 'tracks'; tracks: Track[]; track: string | null }
  | { type: 'track_progress'; name: string; progress: number; error: string | null }
  | { type: 'notice'; message: string }
  | { type: 'loop'; loop_ms: number; late_percent: number }
  | { type: 'loops'; interval_ms: number; slow: SlowSinger[] }
  | { type: 'pong'; id: number; position: number }
  | ServerError
  /** Of a later protocol: to be ignored. */
  | { type: 'unknown'; name: string };

export function writeControl(message: ClientMessage): string {
  return JSON.stringify(message);
}

export function readControl(json: string): Result<ServerMessage> {
  try {
    return good(readMessage(asFields(JSON.parse(json))));
  } catch (error) {
    if (error instanceof FieldError || error instanceof SyntaxError) return bad(error.message);
    throw error;
  }
}

/** What a message says of this person, if anything. */
export function newsOf(message: ServerMessage, id: string | null): Person | null {
  if (message.type === 'person') return message.person.id === id ? message.person : null;
  return message.type === 'people' ? (message.people.find((person) => person.id === id) ?? null) : null;
}

const WAYS = ['automatic', 'by_hand'] as const;
const ROLES = ['singer', 'listener'] as const;
const LAST = Number.MAX_SAFE_INTEGER;

function readMessage(m: Fields): ServerMessage {
  const type = text(m, 'type');
  switch (type) {
    case 'welcome':
      return readWelcome(m);
    case 'person':
      return { type, person: readPerson(m['person']) };
    case 'people':
      return { type, people: list(m, 'people', readPerson), gone: orNull(m, 'gone', readIds) ?? [] };
    case 'listeners':
      return { type, listeners: readListeners(m['listeners']) };
    case 'gone':
      return { type, id: text(m, 'id') };
    case 'leader':
      return { type, leader: orNull(m, 'leader', text) };
    case 'lead_asked':
      return { type, by: orNull(m, 'by', text) };
    case 'song':
      return { type, song: readSong(m['song']) };
    case 'settings':
      return { type, settings: readSettings(m['settings']) };
    case 'tracks':
      return { type, tracks: list(m, 'tracks', readTrack), track: orNull(m, 'track', text) };
    case 'track_progress':
      return { type, name: text(m, 'name'), progress: number(m, 'progress'), error: orNull(m, 'error', text) };
    case 'notice':
      return { type, message: text(m, 'message') };
    case 'loop':
      return { type, loop_ms: number(m, 'loop_ms'), late_percent: number(m, 'late_percent') };
    case 'loops':
      return { type, interval_ms: number(m, 'interval_ms'), slow: list(m, 'slow', readSlow) };
    case 'pong':
      return { type, id: number(m, 'id'), position: readPosition(m, 'position') };
    case 'error':
      return { type, code: text(m, 'code'), message: text(m, 'message'), about: orNull(m, 'about', text) };
    default:
      return { type: 'unknown', name: type };
  }
}

function readWelcome(m: Fields): Welcome {
  const room = asFields(m['room']);
  return {
    type: 'welcome',
    version: number(m, 'version'),
    you: readPerson(m['you']),
    token: text(m, 'token'),
    organiser: flag(m, 'organiser'),
    room: { id: text(room, 'id'), name: text(room, 'name') },
    people: list(m, 'people', readPerson),
    listeners: orNull(m, 'listeners', (fields, name) => readListeners(fields[name])) ?? { count: 0, named: true },
    leader: orNull(m, 'leader', text),
    lead_asked: orNull(m, 'lead_asked', text),
    song: readSong(m['song']),
    settings: readSettings(m['settings']),
    tracks: list(m, 'tracks', readTrack),
    track: orNull(m, 'track', text),
    position: readPosition(m, 'position'),
    mix_delay: integer(m, 'mix_delay', 0, 4_800),
    backing_gain: number(m, 'backing_gain'),
  };
}

function readPosition(m: Fields, name: string): number {
  return integer(m, name, 0, LAST);
}

function readPerson(value: unknown): Person {
  const m = asFields(value);
  return {
    id: text(m, 'id'),
    name: text(m, 'name'),
    bucket: integer(m, 'bucket', 1, MAX_BUCKETS),
    role: oneOf(m, 'role', ROLES),
    muted: flag(m, 'muted'),
    leader: flag(m, 'leader'),
    connected: flag(m, 'connected'),
    robot: flag(m, 'robot'),
  };
}

function readIds(m: Fields, name: string): string[] {
  return list(m, name, (id) => text({ id }, 'id'));
}

function readListeners(value: unknown): Listeners {
  const m = asFields(value);
  return { count: integer(m, 'count', 0, LAST), named: flag(m, 'named') };
}

function readSlow(value: unknown): SlowSinger {
  const m = asFields(value);
  return { id: text(m, 'id'), loop_ms: number(m, 'loop_ms'), late_percent: number(m, 'late_percent') };
}

function readTrack(value: unknown): Track {
  const m = asFields(value);
  const seconds = number(m, 'seconds');
  return { id: text(m, 'id'), name: text(m, 'name'), seconds, channels: integer(m, 'channels', 1, 2) };
}

function readSong(value: unknown): Song {
  const m = asFields(value);
  return {
    number: integer(m, 'number', 0, 0xffffffff),
    start: readPosition(m, 'start'),
    end: orNull(m, 'end', readPosition),
    track: orNull(m, 'track', (fields, name) => readTrack(fields[name])),
    state: oneOf(m, 'state', ['none', 'playing'] as const),
  };
}

function readSettings(value: unknown): Settings {
  const m = asFields(value);
  const offsets = list(m, 'offsets', (offset) => integer({ offset }, 'offset', 0, LAST));
  const buckets = integer(m, 'buckets', 1, MAX_BUCKETS);
  if (offsets.length < buckets) throw new FieldError('offsets are missing');
  return {
    interval: orNull(m, 'interval', (fields, name) => oneOf(fields, name, WAYS)) ?? 'by_hand',
    interval_blocks: integer(m, 'interval_blocks', 0, LAST),
    first_offset_blocks: integer(m, 'first_offset_blocks', 0, LAST),
    buckets,
    offsets,
    automatic_gain: flag(m, 'automatic_gain'),
    ring_blocks: integer(m, 'ring_blocks', 0, LAST),
  };
}
