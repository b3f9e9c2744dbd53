// The songs that were prepared for the evening. A part of the room's state (state/room.ts). Pure.
import type { Entry, ServerMessage } from '../../wire/control/control.js';

export interface ProgrammePart {
  entries: readonly Entry[];
  /** The id of the one that is next, or sung. */
  taken: string | null;
}

export function enterProgramme(): ProgrammePart {
  return { entries: [], taken: null };
}

/** Who may prepare it is told the whole besides: what was left out for others is not for her. */
export function nextProgramme<S extends ProgrammePart & { rights: readonly string[] }>(state: S, message: ServerMessage): S {
  if (message.type !== 'programme' || (!message.whole && state.rights.includes('put_entry'))) return state;
  return { ...state, entries: message.entries, taken: message.taken };
}
