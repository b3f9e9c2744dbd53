// Whose microphone hears her loudspeaker, as organisers and engineers are told. A part of the room's state (state/room.ts). Pure.
import type { ServerMessage, Welcome } from '../../wire/control/control.js';

export interface LoudspeakerPart {
  /** Ids of people; some of them may be gone. */
  loudspeakers: readonly string[];
}

export function enterLoudspeakers({ loudspeakers }: Welcome): LoudspeakerPart {
  return { loudspeakers };
}

export function nextLoudspeakers<S extends LoudspeakerPart>(state: S, message: ServerMessage): S {
  return message.type === 'loudspeakers' ? { ...state, loudspeakers: message.people } : state;
}
