// The backing tracks, and the uploads that become some. A part of the room's state (state/room.ts). Pure.
import type { ServerMessage, Track, Welcome } from '../../wire/control/control.js';
import { failureOf, type Failure } from '../../wire/control/fields.js';

export interface TracksPart {
  tracks: Track[];
  /** Chosen for the next song. */
  track: string | null;
  /** Uploads that the server is preparing, 0 to 1, by name. */
  preparing: Record<string, number>;
  /** Why uploads of others became no tracks, by name; until the next one of that name. */
  failed: Record<string, Failure>;
}

export function enterTracks({ tracks, track }: Welcome): TracksPart {
  return { tracks, track, preparing: {}, failed: {} };
}

export function nextTracks<S extends TracksPart>(state: S, message: ServerMessage): S {
  switch (message.type) {
    case 'tracks':
      return { ...state, tracks: message.tracks, track: message.track, preparing: stillPreparing(state, message.tracks) };
    case 'track_progress':
      return progressed(state, message.name, message.progress, message.error === null ? null : failureOf(message.error, message));
    default:
      return state;
  }
}

/** One's own upload is no longer being prepared (it failed, which was said, or it is there). */
export function forgetPreparing<S extends TracksPart>(state: S, name: string): S {
  const preparing = { ...state.preparing };
  const failed = { ...state.failed };
  delete preparing[name];
  delete failed[name];
  return { ...state, preparing, failed };
}

function progressed<S extends TracksPart>(state: S, name: string, progress: number, error: Failure | null): S {
  const forgotten = forgetPreparing(state, name);
  const { preparing, failed } = forgotten;
  if (error === null) return { ...forgotten, preparing: { ...preparing, [name]: progress } };
  return { ...forgotten, failed: { ...failed, [name]: error } };
}

function stillPreparing(state: TracksPart, tracks: Track[]): Record<string, number> {
  const entries = Object.entries(state.preparing).filter(([name, progress]) => progress < 1 && !tracks.some((t) => t.name === name));
  return Object.fromEntries(entries);
}
