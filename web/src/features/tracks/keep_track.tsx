// A track of the room is kept in the library: the one that is chosen, or else one's latest, as far as one may take it away.
import type { JSX } from 'preact';
import { fetchedTrack } from '../../net/tracks.js';
import { KeepButton } from '../../page/parts/keep_button.js';
import type { Session } from '../../session/session.js';
import type { RoomState } from '../../state/room.js';
import { keepSound, mayKeep } from '../library/keeping.js';
import { mayDeleteTrack } from './rights.js';

export function KeepTrack({ session, room }: { session: Session; room: RoomState }): JSX.Element | null {
  // Whoever may delete a track may take it out of the room.
  const takeable = room.tracks.filter(({ id }) => mayDeleteTrack(room, id, session.uploads.value));
  const track = takeable.find(({ id }) => id === room.track) ?? takeable.at(-1);
  if (track === undefined) return null;
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
