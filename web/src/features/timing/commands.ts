// What a person does about her own timing.
import type { Session } from '../../session/session.js';

export function putTimingRight({ timing }: Session): void {
  timing.apply();
}

export function takeTimingBack({ timing }: Session): void {
  timing.takeBack();
}

export function putTimingAway({ timing }: Session): void {
  timing.putAway();
  timing.applied.value = null;
}
