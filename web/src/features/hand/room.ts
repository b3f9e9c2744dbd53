// Whose voice sounds in the song, as the server tells it. A part of the room's state (state/room.ts). Pure.
import type { ServerMessage } from '../../wire/control/control.js';

export interface SignsPart {
  /** Ids of people. */
  sounding: ReadonlySet<string>;
}

export function enterSigns(): SignsPart {
  return { sounding: new Set() };
}

export function nextSigns<S extends SignsPart>(state: S, message: ServerMessage): S {
  if (message.type !== 'sounding') return state;
  const sounding = new Set(state.sounding);
  for (const id of message.on) sounding.add(id);
  for (const id of message.off) sounding.delete(id);
  return { ...state, sounding };
}
