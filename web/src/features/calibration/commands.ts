// Measuring the sound card's round trip.
import type { Session } from '../../session/session.js';
import type { Way } from './calibration.js';

export function startMeasuring(session: Session, way: Way): void {
  void session.calibration.start(way);
}

export function stopMeasuring(session: Session): void {
  session.calibration.stop();
}

export function measureAfterSong(session: Session): void {
  session.calibration.waitForSongEnd();
}

/** A key or the screen, at the time of its event. */
export function tapAlong(session: Session, event: Event): void {
  session.calibration.tap(event.timeStamp);
}

export function putOfferAway(session: Session): void {
  session.calibration.putAway.value = true;
}
