// What one does in the chat.
import type { Session } from '../../session/session.js';

export function say(session: Session, text: string): void {
  session.send({ type: 'say', text });
}

export function announce(session: Session, text: string): void {
  session.send({ type: 'announce', text });
}

export function takeAway(session: Session, line: string): void {
  session.send({ type: 'unsay', line });
}
