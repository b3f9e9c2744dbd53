// What a person does with the backing tracks.
import type { Session } from '../../session/session.js';
import { remembered } from '../../state/storage.js';
import { forgetPreparing } from './room.js';

/** For the next song; null: none. */
export function chooseTrack(session: Session, track: string | null): void {
  session.send({ type: 'track', track });
}

export function deleteTrack(session: Session, track: string): void {
  session.send({ type: 'delete_track', track });
}

/** One's own upload of this name has ended, one way or the other. */
export function endUpload(session: Session, name: string): void {
  if (session.room.value) session.room.value = forgetPreparing(session.room.value, name);
}

/** A track is there that one uploaded as the person `you`. */
export function keepUpload(session: Session, track: string, you: string): void {
  remembered.addUpload(session.roomId, you, track);
  if (session.room.value?.you === you) session.uploads.value = [...session.uploads.value, track];
}
