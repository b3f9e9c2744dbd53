// Who may delete a track. Pure.
import { may, type RoomState } from '../../state/room.js';

/** Who may delete every track, and others those that they uploaded. */
export function mayDeleteTrack(state: RoomState, track: string, uploads: readonly string[]): boolean {
  return may(state, 'delete_track') || uploads.includes(track);
}
