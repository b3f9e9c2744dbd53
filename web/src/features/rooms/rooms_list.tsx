// The rooms that this browser knows, on the first page: to go back, or to take one off the list.
import { useEffect } from 'preact/hooks';
import type { JSX } from 'preact';
import { LeaderIcon, TrashIcon } from '../../page/parts/icons.js';
import { go } from '../../page/routes.js';
import type { KeptRoom } from '../../state/storage.js';
import { ownRooms, whenText } from './own_rooms.js';

export function RoomsList(): JSX.Element | null {
  useEffect(() => ownRooms.look(), []);
  const rooms = ownRooms.list.value;
  if (rooms.length === 0) return null;
  return (
    <section class="rooms" aria-labelledby="rooms-title" data-keeps-focus>
      <h2 id="rooms-title">Your rooms</h2>
      <ul>
        {rooms.map((room) => (
          <RoomItem key={room.room} room={room} />
        ))}
      </ul>
      <p class="hint">Only this browser keeps this list. A room that you remove from it stays as it is, and its link still leads there.</p>
    </section>
  );
}

function RoomItem({ room }: { room: KeptRoom }): JSX.Element {
  const path = `/r/${encodeURIComponent(room.room)}`;
  const name = room.name || 'A room without a name';
  const open = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(path);
  };
  return (
    <li>
      <a class="room-link" href={path} onClick={open}>
        <span class="room-link-name">{name}</span>
        <span class="hint">
          Last there {whenText(room.lastMs, Date.now())}
          {room.organiser && (
            <span class="room-own">
              <LeaderIcon />
              you are its organiser
            </span>
          )}
        </span>
      </a>
      <button type="button" class="quiet" onClick={() => ownRooms.remove(room.room)}>
        <TrashIcon />
        Remove<span class="only-read"> {name} from the list</span>
      </button>
    </li>
  );
}
