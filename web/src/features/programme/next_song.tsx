// The next song of the programme, one press away for whoever may take it.
import type { JSX } from 'preact';
import { may, type RoomState } from '../../state/room.js';
import type { Session } from '../../session/session.js';
import { takeEntry } from './commands.js';
import { entryDetails, nextEntry } from './programme.js';
import { t } from '../../i18n/words.js';

export function NextSong({ session, room }: { session: Session; room: RoomState }): JSX.Element | null {
  const next = nextEntry(room);
  if (room.song.state === 'playing' || next === null || !may(room, 'take_entry')) return null;
  const details = entryDetails(next, room).join(', ');
  return (
    <button type="button" class="secondary next-entry" disabled={!session.connected.value} onClick={() => takeEntry(session, next.id)}>
      <span>
        {t.programme.next} <strong>{next.title}</strong>
      </span>
      {details !== '' && <small>{details}</small>}
    </button>
  );
}
