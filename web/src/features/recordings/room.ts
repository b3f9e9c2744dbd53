// What was recorded while one is in the room. A part of the room's state (state/room.ts). Pure.
import type { Recording, ServerMessage } from '../../wire/control/control.js';

export interface RecordingsPart {
  /** Those of which there was news; the last one that began first. */
  recordings: Recording[];
}

export function enterRecordings(): RecordingsPart {
  return { recordings: [] };
}

/** A list with those that are new or have changed put in, and without those that are gone. */
export function withNews(list: readonly Recording[], news: readonly Recording[], removed: readonly string[]): Recording[] {
  const changed = new Set([...news.map(({ id }) => id), ...removed]);
  const rest = list.filter(({ id }) => !changed.has(id));
  return [...news, ...rest].sort((a, b) => b.began - a.began);
}

export function nextRecordings<S extends RecordingsPart>(state: S, message: ServerMessage): S {
  if (message.type !== 'recordings') return state;
  return { ...state, recordings: withNews(state.recordings, message.recordings, message.removed) };
}
