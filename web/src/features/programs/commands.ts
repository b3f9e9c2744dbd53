// Tokens for other programs.
import type { Session } from '../../session/session.js';

/** The token comes as an answer (session.programToken), once. */
export function makeToken(session: Session, name: string): void {
  session.send({ type: 'program_token', name, id: 2 });
}

export function revokeToken(session: Session, program: string): void {
  session.send({ type: 'revoke_token', program });
}
