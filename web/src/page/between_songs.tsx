// Lists and what one sets, which have their place below the line: the next song's track, and one's own volumes.
import type { JSX } from 'preact';
import type { RoomState } from '../state/room.js';
import type { Session } from '../session/session.js';
import { RecordButton } from '../features/recording/record_button.js';
import { Volumes } from '../features/sound/volumes.js';
import { Tracks } from '../features/tracks/tracks.js';

export function BetweenSongs({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  return (
    <div class="side">
      <Tracks session={session} room={room} />
      <section class="panel" aria-labelledby="listening" data-keeps-focus>
        <h2 id="listening">What you hear</h2>
        <Volumes session={session} />
        <RecordButton session={session} roomName={room.room.name} />
      </section>
    </div>
  );
}
