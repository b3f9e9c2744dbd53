// What one may do in the room. A part of the room's state (state/room.ts). Pure.
import type { ServerMessage, Welcome } from '../../wire/control/control.js';

export interface OrderPart {
  organiser: boolean;
  /** Types of commands: as far as who one is matters, whatever the moment. */
  rights: readonly string[];
}

export function enterOrder({ organiser, rights }: Welcome): OrderPart {
  return { organiser, rights };
}

export function nextOrder<S extends OrderPart>(state: S, message: ServerMessage): S {
  return message.type === 'rights' ? { ...state, rights: message.rights, organiser: message.organiser } : state;
}

export function may(state: OrderPart, command: string): boolean {
  return state.rights.includes(command);
}
