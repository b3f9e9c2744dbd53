// A track of the room is kept in the library: the one that is chosen, or else one's latest, as far as one may take it away. What came from there is
// there already.
import type { JSX } from 'preact';
import { under } from '../../base_path.js';
import { t } from '../../i18n/words.js';
import { fetchedTrack } from '../../net/tracks.js';
import { KeepButton } from '../../page/parts/keep_button.js';
import type { Session } from '../../session/session.js';
import type { RoomState } from '../../state/room.js';
import { keepSound, mayKeep } from '../library/keeping.js';
import { songPath } from '../library/library.js';
import { mayDeleteTrack } from './rights.js';

export function KeepTrack({ session, room }: { session: Session; room: RoomState }): JSX.Element | null {
  // Whoever may delete a track may take it out of the room.
  const takeable = room.tracks.filter(({ id }) => mayDeleteTrack(room, id, session.uploads.value));
  const track = takeable.find(({ id }) => id === room.track) ?? takeable.at(-1);
  if (track === undefined) return null;
  if (track.library_song !== undefined)
    return (
      <p class="hint">
        {t.libraryRoom.songFromTheLibrary}{' '}
        <a href={under(songPath(track.library_song))} target="_blank" rel="noopener">
          {track.name}
          <span class="only-read"> {t.recordings.inANewTab}</span>
        </a>
      </p>
    );
  const asker = { room: session.roomId, token: room.token };
  return (
    <KeepButton
      key={track.id}
      title={track.name}
      inRoom
      may={mayKeep}
      keep={(progress) => keepSound(fetchedTrack(asker, track.id), track.name, progress)}
    />
  );
}
