// Measuring and setting how loud one's own voice goes out.
import type { Session } from '../../session/session.js';

export function startSinging(session: Session): void {
  void session.loudness.start();
}

export function stopSinging(session: Session): void {
  session.loudness.stop();
}

export function setInputGain(session: Session, db: number): void {
  session.loudness.stop();
  session.microphone.gain.set(db, 'hand');
}

export function putLoudnessOfferAway(session: Session): void {
  session.loudness.putAway.value = true;
}
