// Whether there is a reason to ask before somebody goes, and what is said then. Pure.
import type { ConnectionState } from '../../net/connection.js';
import { yourself, type RoomState } from '../../state/room.js';
import { t } from '../../i18n/words.js';

/** In a song that she leads, or sings for somebody behind her. */
export function wouldBeMissed(room: RoomState | null, connection: ConnectionState | null): boolean {
  if (!room || room.song.state !== 'playing') return false;
  if (connection?.state === 'left' || connection?.state === 'ended') return false;
  const you = yourself(room);
  if (room.leader === you.id) return othersIn(room, () => true);
  return you.role === 'singer' && othersIn(room, (bucket) => bucket > you.bucket);
}

/** Whether people are there, in buckets for which `where` holds: they would notice. Robots do not, nor those who are away. */
function othersIn(room: RoomState, where: (bucket: number) => boolean): boolean {
  const you = yourself(room);
  const unnamed = room.listeners.named ? 0 : room.listeners.count - (you.role === 'listener' ? 1 : 0);
  // Where those stand who are not named, nobody says: anywhere, that is.
  return unnamed > 0 || room.people.some((person) => person.id !== you.id && person.connected && !person.robot && where(person.bucket));
}

/** What would be lost, in sentences. `recording`: one records what one hears. */
export function leavingWords(room: RoomState, missed: boolean, recording: boolean): string[] {
  const words: string[] = [];
  if (missed && room.leader === room.you) words.push(t.leaving.theSongIsOnAnd);
  else if (missed) words.push(t.leaving.theSongIsOnThe);
  if (recording) words.push(t.leaving.youAreRecordingTheRecording);
  return words;
}
