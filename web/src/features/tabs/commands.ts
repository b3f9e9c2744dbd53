// What one decides about the tabs of one room.
import type { Session } from '../../session/session.js';
import { remembered } from '../../state/storage.js';
import type { Role } from '../../wire/control/control.js';

/** Takes the place of the other tab, to go in with; as what it is there. Null: the other tab does not answer. */
export async function takeOver(session: Session): Promise<Role | null> {
  const place = await session.tabs.askPlace();
  if (!place) return null;
  remembered.setToken(session.roomId, place.token);
  return place.role;
}

/** A duplicated tab has the other one's place: without it, one is somebody else. */
export function comeAsAnother(session: Session): void {
  remembered.setToken(session.roomId, null);
  remembered.setVisit(session.roomId, null);
}

export function showOtherTab(session: Session): void {
  session.tabs.show();
}
