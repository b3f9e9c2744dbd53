// What an organiser does with the next evening.
import type { Session } from '../../session/session.js';
import type { Meeting } from '../../wire/control/control.js';

/** Null: none is set. */
export function setMeeting(session: Session, meeting: Meeting | null): void {
  session.send({ type: 'room', meeting });
}
