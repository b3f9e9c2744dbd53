// A song is taken into one of the rooms that this browser knows: at once where one is inside, otherwise when one has come in.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import type { LibrarySong } from '../../net/library.js';
import { takeIntoRoom } from '../../net/library_rooms.js';
import { Dialog, Problem } from '../../page/parts/parts.js';
import { go } from '../../page/routes.js';
import { remembered } from '../../state/storage.js';
import { PageLink } from '../../page/parts/page_link.js';

export function IntoRoom({ song }: { song: LibrarySong }): JSX.Element {
  const [open, setOpen] = useState(false);
  const [status, setStatus] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const take = async (room: string): Promise<void> => {
    const token = remembered.token(room) ?? remembered.place(room);
    const { id, title } = song;
    setProblem(null);
    if (token !== null) {
      setStatus(t.libraryRoom.itComes({ title }));
      const answer = await takeIntoRoom(id, room, token, 'track');
      setStatus(answer.ok ? t.libraryRoom.isHere({ title }) : '');
      if (answer.ok) return;
      if (answer.status !== 401) return setProblem(answer.error);
    }
    remembered.keepSong({ room, id, title });
    go(`/r/${encodeURIComponent(room)}`);
  };
  const { rooms } = remembered;
  return (
    <>
      <button type="button" class="secondary" onClick={() => setOpen(true)}>
        {t.libraryRoom.takeIntoARoom}
      </button>
      <Dialog title={t.libraryRoom.whichRoom} open={open} onClose={() => setOpen(false)}>
        <div class="library-form">
          {rooms.length === 0 && (
            <p>
              {t.libraryRoom.noRoomsYet} <PageLink path="/">{t.libraryRoom.openARoom}</PageLink>
            </p>
          )}
          <ul class="library-rooms">
            {rooms.map(({ room, name }) => (
              <li key={room}>
                <button type="button" class="secondary wide" onClick={() => void take(room)}>
                  {name || t.rooms.aRoomWithoutAName}
                </button>
              </li>
            ))}
          </ul>
          <p class="hint" role="status">
            {status}
          </p>
          {problem !== null && <Problem>{problem}</Problem>}
        </div>
      </Dialog>
    </>
  );
}
