// Raising one's hand, and lowering others'.
import type { Session } from '../../session/session.js';

export function raiseHand(session: Session, up: boolean): void {
  session.send({ type: 'hand', up });
}

export function lowerHand(session: Session, person: string): void {
  session.send({ type: 'lower_hands', person });
}

export function lowerAllHands(session: Session): void {
  session.send({ type: 'lower_hands' });
}
