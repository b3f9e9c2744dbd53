// Leaving the room for good.
import { recordings } from '../recording/recordings.js';
import type { Session } from '../../session/session.js';
import { remembered } from '../../state/storage.js';

export function leaveRoom(session: Session): void {
  remembered.setToken(session.roomId, null);
  remembered.setVisit(session.roomId, null);
  void recordings.stop();
  session.soundNow?.leave();
  session.microphone.close(session.soundNow);
}
