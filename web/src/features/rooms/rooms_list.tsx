// The rooms that this browser knows, on the first page: to go back, or to take one off the list.
import { useEffect } from 'preact/hooks';
import type { JSX } from 'preact';
import { LeaderIcon, TrashIcon } from '../../page/parts/icons.js';
import type { KeptRoom } from '../../state/storage.js';
import { NAMELESS, RoomLink } from './room_link.js';
import { ownRooms, whenText } from './own_rooms.js';
import { t } from '../../i18n/words.js';

export function RoomsList(): JSX.Element | null {
  useEffect(() => ownRooms.look(), []);
  const rooms = ownRooms.list.value;
  if (rooms.length === 0) return null;
  return (
    <section class="rooms" aria-labelledby="rooms-title" data-keeps-focus>
      <h2 id="rooms-title">{t.rooms.yourRooms}</h2>
      <ul>
        {rooms.map((room) => (
          <RoomItem key={room.room} room={room} />
        ))}
      </ul>
      <p class="hint">{t.rooms.onlyThisBrowserKeepsThis}</p>
    </section>
  );
}

function RoomItem({ room }: { room: KeptRoom }): JSX.Element {
  return (
    <li>
      <RoomLink room={room.room} name={room.name}>
        {t.rooms.lastThere({ whenText: whenText(room.lastMs, Date.now()) })}
        {room.organiser && (
          <span class="room-own">
            <LeaderIcon />
            {t.rooms.youAreItsOrganiser}
          </span>
        )}
      </RoomLink>
      <button
        type="button"
        class="quiet"
        aria-label={t.rooms.removeFromTheList({ name: room.name || NAMELESS() })}
        onClick={() => ownRooms.remove(room.room)}
      >
        <TrashIcon />
        {t.rooms.remove}
      </button>
    </li>
  );
}
