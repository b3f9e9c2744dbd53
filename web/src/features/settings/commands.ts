// What the organiser or the leader changes in the room.
import type { Session } from '../../session/session.js';
import type { SettingsChange } from '../../wire/control/control.js';

export function changeSettings(session: Session, change: SettingsChange): void {
  session.send({ type: 'settings', ...change });
}
