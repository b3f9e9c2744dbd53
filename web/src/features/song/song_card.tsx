// The song: its title, where it is, and what one may do with it now. It stays in sight.
import type { JSX } from 'preact';
import type { RoomState } from '../../state/room.js';
import type { Session } from '../../session/session.js';
import { SongBar } from './song_bar.js';
import { SongControls } from './song_controls.js';
import { songTitle } from './song_progress.js';
import { StatusLine } from './status_line.js';
import { tryingAgain } from './status.js';
import { t } from '../../i18n/words.js';

interface SongCardProps {
  session: Session;
  room: RoomState;
  /** That it is recorded. */
  sign?: JSX.Element;
}

export function SongCard({ session, room, sign }: SongCardProps): JSX.Element | null {
  const status = session.song.status.value;
  if (status === null) return null;
  const title = songTitle(room);
  const playing = room.song.state === 'playing';
  return (
    <section class={['song-card status', status.tone, title === null && 'untitled'].filter(Boolean).join(' ')} aria-label={t.song.theSong}>
      <div class="song-head">
        <div class="song-text">
          {title !== null && (
            <p class="song-title">
              <span class="song-when">{playing ? t.song.now : t.song.next}</span>
              <span class="song-name">{title}</span>
              <SongTime session={session} />
            </p>
          )}
          <StatusLine status={status} trying={tryingAgain(session.connection.value)} onTry={() => session.hurry()} />
        </div>
        <SongControls session={session} room={room} />
      </div>
      {sign}
      {playing && <SongBar session={session} />}
    </section>
  );
}

function SongTime({ session }: { session: Session }): JSX.Element | null {
  const text = session.song.time.value;
  return text === null ? null : <span class="song-time">{text}</span>;
}
