// Control messages, as JSON (PROTOCOL.md section 3): each stands with its feature in a file of this folder. Pure: text to a checked value and back.
import * as v from 'valibot';
import { bad, good, type Result } from '../result.js';
import { CHAT_MESSAGES, type ChatCommand } from './chat.js';
import { CONSOLE_MESSAGES, type ConsoleCommand } from './console.js';
import { text } from './fields.js';
import { LIVE_MESSAGES, type LiveCommand } from './live.js';
import { ORDER_MESSAGES, type OrderCommand } from './order.js';
import { PEOPLE_MESSAGES, type PeopleCommand, type Person } from './people.js';
import { PLAN_MESSAGES, type PlanCommand } from './plan.js';
import { PROGRAM_MESSAGES, type ProgramCommand } from './programs.js';
import { RECORDING_MESSAGES, type RecordingCommand } from './recordings.js';
import { PROGRAMME_MESSAGES, type ProgrammeCommand } from './programme.js';
import { SCORE_MESSAGES, type ScoreCommand } from './scores.js';
import { SENTENCE_MESSAGES } from './sentences.js';
import { SETTINGS_MESSAGES, type SettingsCommand } from './settings.js';
import { SONG_MESSAGES, type SongCommand } from './song.js';
import { TIMING_MESSAGES, type TimingCommand } from './timing.js';
import { TRACK_MESSAGES, type TrackCommand } from './tracks.js';
import { VISIT_MESSAGES, type VisitMessage } from './visit.js';
import { WORDS_MESSAGES, type WordsCommand } from './words.js';

export type { Line } from './chat.js';
export type { ConsoleCommand, Faders, SingerLevels } from './console.js';
export type { Meeting, RemovedPerson, RoomChange, RoomOrder } from './order.js';
export type { Listeners, Person, Role } from './people.js';
export { NO_PLAN, type Plan, type PlanChange, type Round, type RoundByParts, type RoundByRepeats } from './plan.js';
export type { Entry, EntryWish } from './programme.js';
export type { Program } from './programs.js';
export { RECORDINGS_DAYS, type Recording, type RecordedTrack, type RecordingPolicy, type RecordingsFor, type TrackMix } from './recordings.js';
export { PAGE_MARK, type Score } from './scores.js';
export { isForPeople, type ServerError } from './sentences.js';
export type { Settings, SettingsChange } from './settings.js';
export type { SlowSinger, Song } from './song.js';
export type { Credits, Track } from './tracks.js';
export { LINE_MARK, type Chord, type Mark, type Sheet, type SheetLine } from './words.js';
export { PROTOCOL_VERSION, type Hello, type Welcome } from './visit.js';

/** What a person asks for once she is in the room. */
export type Command =
  | PeopleCommand
  | SongCommand
  | TrackCommand
  | SettingsCommand
  | PlanCommand
  | OrderCommand
  | TimingCommand
  | ChatCommand
  | ProgramCommand
  | LiveCommand
  | WordsCommand
  | RecordingCommand
  | ProgrammeCommand
  | ScoreCommand
  | ConsoleCommand;
export type ClientMessage = VisitMessage | Command;

const MESSAGES = [
  ...VISIT_MESSAGES,
  ...PEOPLE_MESSAGES,
  ...ORDER_MESSAGES,
  ...SONG_MESSAGES,
  ...SETTINGS_MESSAGES,
  ...PLAN_MESSAGES,
  ...TIMING_MESSAGES,
  ...TRACK_MESSAGES,
  ...CHAT_MESSAGES,
  ...PROGRAM_MESSAGES,
  ...LIVE_MESSAGES,
  ...WORDS_MESSAGES,
  ...RECORDING_MESSAGES,
  ...PROGRAMME_MESSAGES,
  ...SCORE_MESSAGES,
  ...CONSOLE_MESSAGES,
  ...SENTENCE_MESSAGES,
] as const;
type KnownMessage = v.InferOutput<(typeof MESSAGES)[number]>;

export type ServerMessage =
  | KnownMessage
  /** Of a later protocol: to be ignored. */
  | { type: 'unknown'; name: string };

const message = v.object({ type: text });
const schemas = new Map<string, v.GenericSchema<unknown, KnownMessage>>(MESSAGES.map((schema) => [schema.entries.type.literal, schema]));

export function writeControl(message: ClientMessage): string {
  return JSON.stringify(message);
}

export function readControl(json: string): Result<ServerMessage> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return bad(String(error));
  }
  const kind = v.safeParse(message, value);
  if (!kind.success) return bad(complaint(kind.issues));
  const schema = schemas.get(kind.output.type);
  if (!schema) return good({ type: 'unknown', name: kind.output.type });
  const read = v.safeParse(schema, value, { abortEarly: true });
  return read.success ? good(read.output) : bad(complaint(read.issues));
}

function complaint([issue]: [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  return `${v.getDotPath(issue) ?? 'message'}: ${issue.message}`;
}

/** What a message says of this person, if anything. */
export function newsOf(message: ServerMessage, id: string | null): Person | null {
  if (message.type === 'person') return message.person.id === id ? message.person : null;
  return message.type === 'people' ? (message.people.find((person) => person.id === id) ?? null) : null;
}
