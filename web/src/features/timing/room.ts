// Who was steadily early or late in the last song, as the server tells: organisers and engineers of everybody, the others of themselves. A part of the room's state (state/room.ts). Pure.
import type { ServerMessage, Welcome } from '../../wire/control/control.js';

export interface TimingPart {
  timing: {
    /** The song's number; null: nothing was told yet. */
    song: number | null;
    /** The newest song that one was told of: where it follows at once, what is told then is still of the one before. */
    newest: number;
    /** By a person's id, in ms; below 0: early. Who is not there sings in time, or nothing certain is known. */
    lateMs: Readonly<Record<string, number>>;
  };
}

export function enterTiming({ song }: Welcome): TimingPart {
  return { timing: { song: null, newest: song.number, lateMs: {} } };
}

export function nextTiming<S extends TimingPart>(state: S, message: ServerMessage): S {
  const { timing } = state;
  if (message.type === 'song') {
    const newest = message.song.number;
    if (newest === timing.newest) return state;
    return { ...state, timing: timing.song === newest ? { ...timing, newest } : { song: null, newest, lateMs: {} } };
  }
  if (message.type !== 'timing') return state;
  const lateMs = Object.fromEntries(message.people.map(({ id, late_ms }) => [id, late_ms]));
  return { ...state, timing: { ...timing, song: message.song, lateMs } };
}
