// The rooms that their organisers show on this server's first page; nothing where there are none, or the server does not say.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { askListedRooms } from '../../net/api.js';
import type { ListedRoom } from '../../net/answers.js';
import { RoomLink } from './room_link.js';
import { t } from '../../i18n/words.js';

export function ListedRooms(): JSX.Element | null {
  const [rooms, setRooms] = useState<readonly ListedRoom[]>([]);
  useEffect(() => {
    void askListedRooms().then((answer) => {
      if (answer.ok) setRooms(answer.value);
    });
  }, []);
  return rooms.length === 0 ? null : <ListedRoomsList rooms={rooms} />;
}

export function ListedRoomsList({ rooms }: { rooms: readonly ListedRoom[] }): JSX.Element {
  return (
    <section class="rooms" aria-labelledby="listed-title">
      <h2 id="listed-title">{t.rooms.roomsOnThisServer}</h2>
      <ul>
        {rooms.map((room) => (
          <li key={room.room}>
            <RoomLink room={room.room} name={room.name}>
              {crowd(room.people)}
              {room.password && <span>{t.rooms.withAPassword}</span>}
            </RoomLink>
          </li>
        ))}
      </ul>
    </section>
  );
}

function crowd(people: number): string {
  if (people === 0) return t.rooms.nobodyIsIn;
  return people === 1 ? t.rooms.oneIsIn : t.rooms.areIn({ people });
}
