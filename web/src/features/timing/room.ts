// Who was steadily early or late in the last song, as the server tells: organisers and engineers of everybody, the others of themselves. A part of the room's state (state/room.ts). Pure.
import type { ServerMessage } from '../../wire/control/control.js';

export interface TimingPart {
  timing: {
    /** The song's number; null: nothing was told yet. */
    song: number | null;
    /** By a person's id, in ms; below 0: early. Who is not there sings in time, or nothing certain is known. */
    lateMs: Readonly<Record<string, number>>;
  };
}

export function enterTiming(): TimingPart {
  return { timing: { song: null, lateMs: {} } };
}

export function nextTiming<S extends TimingPart>(state: S, message: ServerMessage): S {
  if (message.type !== 'timing') return state;
  const lateMs = Object.fromEntries(message.people.map(({ id, late_ms }) => [id, late_ms]));
  return { ...state, timing: { song: message.song, lateMs } };
}
