// The words that the room has. A part of the room's state (state/room.ts). Pure.
import type { ServerMessage, Sheet, Welcome } from '../../wire/control/control.js';

export interface WordsPart {
  sheets: Sheet[];
}

export function enterWords({ sheets }: Welcome): WordsPart {
  return { sheets };
}

export function nextWords<S extends WordsPart>(state: S, message: ServerMessage): S {
  return message.type === 'sheets' ? { ...state, sheets: message.sheets } : state;
}
