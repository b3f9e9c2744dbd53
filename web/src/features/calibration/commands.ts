// Measuring the sound card's round trip.
import type { ProbeName } from '../../audio/shared/probes.js';
import type { Session } from '../../session/session.js';

export function startMeasuring(session: Session, way: ProbeName): void {
  void session.calibration.start(way);
}

export function stopMeasuring(session: Session): void {
  session.calibration.stop();
}

export function putOfferAway(session: Session): void {
  session.calibration.putAway.value = true;
}

export function giveWayToSong(session: Session): void {
  session.calibration.giveWay();
}
