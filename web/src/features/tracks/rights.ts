// Who may delete a track. Pure.
import type { RoomState } from '../../state/room.js';

/** The organiser may delete every track, others those that they uploaded. */
export function mayDeleteTrack(state: RoomState, track: string, uploads: readonly string[]): boolean {
  return state.organiser || uploads.includes(track);
}
