// Recordings of songs, made by the server (PROTOCOL.md section 3).
import * as v from 'valibot';
import { flag, integer, number, text } from './fields.js';

/** One singer's. */
export const recordedTrack = v.object({
  /** Names it, and its file. */
  track: text,
  name: text,
  /** Empty: none. */
  part: v.nullish(text, ''),
  /** That she sang. */
  seconds: number,
});
export type RecordedTrack = v.InferOutput<typeof recordedTrack>;

const STATES = ['recording', 'waiting', 'rendering', 'ready', 'failed'] as const;

/** Everything of a recording as one file, made when somebody asks for it. */
export const recordingZip = v.object({
  state: v.picklist(['none', 'making', 'ready', 'failed']),
  /** Of the making. */
  percent: integer(0, 100),
  /** About so many, before it is ready. */
  bytes: integer(0),
});
export type RecordingZip = v.InferOutput<typeof recordingZip>;

export const recording = v.object({
  id: text,
  /** Empty: of a song without a track. */
  title: text,
  /** Seconds since the epoch. */
  began: integer(0),
  seconds: number,
  state: v.picklist(STATES),
  /** Of the rendering. */
  percent: integer(0, 100),
  /** Its end is missing. */
  cut: flag,
  /** Of 20 ms each, of all who sang. */
  missing_blocks: integer(0),
  tracks: v.array(recordedTrack),
  /** So many sang too, and are not kept, as they wished; missing: nobody. */
  left_out: v.optional(integer(0)),
  /** Missing: there can be none yet. */
  zip: v.optional(recordingZip),
  /** The file to listen to; missing: there is none yet. */
  mix: v.optional(text),
  /** The mix that somebody asked for last could not be made; missing: it could, or nobody asked. */
  again_failed: v.optional(flag),
});
export type Recording = v.InferOutput<typeof recording>;

export const RECORDING_POLICIES = ['off', 'ask', 'always'] as const;
export type RecordingPolicy = (typeof RECORDING_POLICIES)[number];

export const RECORDINGS_FOR = ['organiser', 'everyone'] as const;
export type RecordingsFor = (typeof RECORDINGS_FOR)[number];

/** How long recordings are kept where nobody says otherwise. */
export const RECORDINGS_DAYS = 30;

/** How the room records. A part of what is told of the room. */
export const recordingOrder = {
  recording: v.nullish(v.picklist(RECORDING_POLICIES), 'ask'),
  recordings_for: v.nullish(v.picklist(RECORDINGS_FOR), 'everyone'),
  /** 0: for ever. */
  recordings_days: v.nullish(integer(0), RECORDINGS_DAYS),
} as const;

export const RECORDING_MESSAGES = [
  /** Those that are new or have changed, and the ids of those that are gone. */
  v.object({ type: v.literal('recordings'), recordings: v.array(recording), removed: v.nullish(v.array(text), []) }),
] as const;

/** How one track is heard in a mix. */
export interface TrackMix {
  track: string;
  gain_db: number;
  /** -1: left, to 1: right. */
  balance: number;
  muted: boolean;
}

export type RecordingCommand =
  /** The song that is on, or the next one. */
  | { type: 'record'; on: boolean }
  /** Oneself, in all songs from now on. */
  | { type: 'leave_out'; out: boolean }
  | { type: 'delete_recording'; recording: string }
  | { type: 'mix_again'; recording: string; tracks: TrackMix[] };
