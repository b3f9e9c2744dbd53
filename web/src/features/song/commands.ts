// What a person does with the song: what song_actions.ts offers.
import type { Session } from '../../session/session.js';
import type { SongAction } from './song_actions.js';

export function act(session: Session, action: SongAction): void {
  session.send(action.command);
}
