// What rooms are made of, as control messages carry it (PROTOCOL.md section 3).
import type { BucketNumber } from '../units.js';

export type Role = 'singer' | 'listener';

export interface Person {
  id: string;
  name: string;
  /** From 1. */
  bucket: BucketNumber;
  role: Role;
  muted: boolean;
  leader: boolean;
  connected: boolean;
  robot: boolean;
}

export interface Track {
  id: string;
  name: string;
  seconds: number;
  channels: number;
}

export interface Song {
  number: number;
  /** Positions. The song reaches bucket b when now is start + offset of b. */
  start: number;
  end: number | null;
  track: Track | null;
  state: 'none' | 'playing';
}

export interface Settings {
  /** How the interval is chosen: anew for each song from the singers' loop times, or by hand. */
  interval: 'automatic' | 'by_hand';
  interval_blocks: number;
  first_offset_blocks: number;
  buckets: number;
  /** Blocks behind now, for each bucket. */
  offsets: number[];
  automatic_gain: boolean;
  ring_blocks: number;
}

/** Those who only listen. */
export interface Listeners {
  count: number;
  /** Shown one by one; otherwise only their number is told, and nobody hears who they are. */
  named: boolean;
}

/** A singer whose connection holds the others up. */
export interface SlowSinger {
  id: string;
  loop_ms: number;
  /** Of her voice, in this song. */
  late_percent: number;
}

export interface RoomName {
  id: string;
  name: string;
}
