// What is done about an open loudspeaker.
import type { Session } from '../../session/session.js';

export function singInLastBucket(session: Session): void {
  const room = session.room.value;
  if (room) session.send({ type: 'bucket', bucket: room.settings.buckets });
}

export function denyLoudspeaker(session: Session): void {
  session.loudspeaker.deny();
}

export function putIntoLastBucket(session: Session, person: string): void {
  const room = session.room.value;
  if (room) session.send({ type: 'move_person', person, bucket: room.settings.buckets });
}
