// Whether the room can be heard by a link, and by how many it is. A part of the room's state (state/room.ts). Pure.
import type { ServerMessage } from '../../wire/control/control.js';

export interface LivePart {
  /** Null: there is no such link. */
  live: Live | null;
}

export interface Live {
  players: number;
  /** Its path on this server; null to all but organisers. */
  link: string | null;
}

export function enterLive(): LivePart {
  return { live: null };
}

export function nextLive<S extends LivePart>(state: S, message: ServerMessage): S {
  if (message.type !== 'live') return state;
  const { live } = message;
  // Numbers come without the link, which stays.
  return { ...state, live: live && { players: live.players, link: live.link ?? state.live?.link ?? null } };
}
