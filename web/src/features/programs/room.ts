// Which other programs may keep the room; told to organisers. A part of the room's state (state/room.ts). Pure.
import type { Program, ServerMessage } from '../../wire/control/control.js';

export interface ProgramsPart {
  programs: readonly Program[];
}

export function enterPrograms(): ProgramsPart {
  return { programs: [] };
}

export function nextPrograms<S extends ProgramsPart>(state: S, message: ServerMessage): S {
  return message.type === 'programs' ? { ...state, programs: message.programs } : state;
}
