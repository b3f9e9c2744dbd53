// What was said in writing. A part of the room's state (state/room.ts). Pure.
import type { Line, ServerMessage } from '../../wire/control/control.js';

/** As many as the server keeps for those who come later. */
const MOST_LINES = 200;

export interface ChatPart {
  /** The oldest first. */
  lines: readonly Line[];
}

export function enterChat(): ChatPart {
  return { lines: [] };
}

export function nextChat<S extends ChatPart>(state: S, message: ServerMessage): S {
  switch (message.type) {
    case 'said':
      return { ...state, lines: [...state.lines, message.line].slice(-MOST_LINES) };
    case 'chat_history':
      return { ...state, lines: [...state.lines, ...message.lines].slice(-MOST_LINES) };
    case 'unsaid':
      return { ...state, lines: state.lines.filter((line) => line.id !== message.line) };
    default:
      return state;
  }
}
