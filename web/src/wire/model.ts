// What rooms are made of, as control messages carry it (PROTOCOL.md section 3).

export type Role = 'singer' | 'listener';

export interface Person {
  id: string;
  name: string;
  /** From 1. */
  bucket: number;
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
  interval_blocks: number;
  first_offset_blocks: number;
  buckets: number;
  /** Blocks behind now, for each bucket. */
  offsets: number[];
  automatic_gain: boolean;
  ring_blocks: number;
}

export interface RoomName {
  id: string;
  name: string;
}
