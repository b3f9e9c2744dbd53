// What a person does in the line.
import type { Session } from '../../session/session.js';
import type { BucketNumber } from '../../units.js';

export function moveTo(session: Session, bucket: BucketNumber): void {
  session.send({ type: 'bucket', bucket });
}
