// How the room is kept, and what one may do in it. A part of the room's state (state/room.ts). Pure.
import type { RemovedPerson, RoomOrder, ServerMessage, Welcome } from '../../wire/control/control.js';

export interface OrderPart {
  room: RoomOrder;
  organiser: boolean;
  /** Types of commands: what one may do as far as who one is matters. */
  rights: readonly string[];
  /** Who may not come in any more; told to organisers. */
  removed: readonly RemovedPerson[];
}

export function enterOrder({ room, organiser, rights, removed }: Welcome): OrderPart {
  return { room, organiser, rights, removed };
}

export function nextOrder<S extends OrderPart>(state: S, message: ServerMessage): S {
  switch (message.type) {
    case 'room':
      return { ...state, room: message.room };
    case 'rights':
      return { ...state, rights: message.rights, organiser: message.organiser };
    case 'removed':
      return { ...state, removed: message.people };
    default:
      return state;
  }
}
