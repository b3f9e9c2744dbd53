// Measuring the sound card's round trip.
import type { Session } from '../../session/session.js';

export function startMeasuring(session: Session): void {
  void session.calibration.start();
}

export function stopMeasuring(session: Session): void {
  session.calibration.stop();
}
