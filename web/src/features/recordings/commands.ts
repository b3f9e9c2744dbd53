// What a person does about recordings while she is in the room.
import type { Session } from '../../session/session.js';
import { remembered } from '../../state/storage.js';

/** The song that is on, or the next one. */
export function record(session: Session, on: boolean): void {
  session.send({ type: 'record', on });
}

/** No track of oneself is kept, from now on and at the next visit. */
export function leaveOut(session: Session, out: boolean): void {
  remembered.setLeftOut(session.roomId, out);
  session.send({ type: 'leave_out', out });
}
