// One's place in a room, kept for as long as the tab lives, so that a reload or a broken connection leads back to it.
import type { ConnectionState } from '../../net/connection.js';
import { remembered } from '../../state/storage.js';
import { newsOf, type Role, type ServerMessage } from '../../wire/control/control.js';

/** Forgets what this state of the connection has made worthless. */
export function forgetPlace(roomId: string, connection: ConnectionState): void {
  if (connection.state === 'refused' && connection.error.code === 'not_allowed') remembered.setKey(roomId, null);
  if (connection.state === 'refused' || connection.state === 'ended') remembered.setVisit(roomId, null);
  // Whoever comes back from elsewhere takes her own place again; who was removed is let back in as who she was. Otherwise it is gone.
  if (connection.state === 'ended' && connection.ending !== 'elsewhere' && connection.ending !== 'removed') remembered.setToken(roomId, null);
}

/** `you`: one's own id; null outside of the room. */
export function keepPlace(roomId: string, message: ServerMessage, you: string | null): void {
  if (message.type === 'welcome') {
    remembered.setToken(roomId, message.token);
    remembered.setPlace(roomId, message.token);
    remembered.setVisit(roomId, message.you.role);
    return;
  }
  const news = you === null ? null : newsOf(message, you);
  if (news) remembered.setVisit(roomId, news.role);
}

/** One's place in the room, where one has one. */
export function placeIn(roomId: string): { token: string; role: Role } | null {
  const token = remembered.token(roomId);
  const role = remembered.visit(roomId);
  return token === null || role === null ? null : { token, role };
}
