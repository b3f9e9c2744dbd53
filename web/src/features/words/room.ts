// The words that the room has, and which are chosen. A part of the room's state (state/room.ts). Pure.
import type { ServerMessage, Sheet, Welcome } from '../../wire/control/control.js';

export interface WordsPart {
  sheets: Sheet[];
  /** The id of the chosen ones. */
  words: string | null;
}

export function enterWords({ sheets, words }: Welcome): WordsPart {
  return { sheets, words };
}

export function nextWords<S extends WordsPart>(state: S, message: ServerMessage): S {
  return message.type === 'sheets' ? { ...state, sheets: message.sheets, words: message.words } : state;
}
