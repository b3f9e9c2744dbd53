// Whether somebody who goes now would be missed, and what is said before. Pure.
import type { ConnectionState } from '../../net/connection.js';
import { yourself, type RoomState } from '../../state/room.js';

/** In a song that she sings or leads. */
export function wouldBeMissed(room: RoomState | null, connection: ConnectionState | null): boolean {
  if (!room || room.song.state !== 'playing') return false;
  if (connection?.state === 'left' || connection?.state === 'ended') return false;
  return yourself(room).role === 'singer' || room.leader === room.you;
}

export function leavingWords(room: RoomState): string {
  if (room.leader === room.you) return 'The song is on, and you lead it: the others would go on without you. You can stop the song first.';
  return 'The song is on: the buckets behind you would not hear you any more.';
}
