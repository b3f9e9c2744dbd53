import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { renderToString } from 'preact-render-to-string';
import { MOST_ROOMS, OwnRooms, ownRooms, whenText, withRoom } from '../../../src/features/rooms/own_rooms.js';
import { ListedRoomsList } from '../../../src/features/rooms/listed_rooms.js';
import { RoomsList } from '../../../src/features/rooms/rooms_list.js';
import { remembered, type KeptRoom } from '../../../src/state/storage.js';
import { stubStorage } from '../../fake_storage.js';

const room = (id: string, lastMs: number, change: Partial<KeptRoom> = {}): KeptRoom => ({ room: id, name: id, lastMs, organiser: false, ...change });

beforeEach(() => void stubStorage());
afterEach(() => vi.unstubAllGlobals());

describe('one’s rooms', () => {
  it('stand newest first, each once, as what it was called last', () => {
    const list = [room('a', 1), room('b', 2), room('a', 3, { name: 'A', organiser: true })].reduce<KeptRoom[]>(withRoom, []);
    expect(list).toEqual([room('a', 3, { name: 'A', organiser: true }), room('b', 2)]);
  });

  it('are bounded: the one that was visited longest ago goes', () => {
    const list = Array.from({ length: MOST_ROOMS + 1 }, (_, i) => room(`r${i}`, i)).reduce<KeptRoom[]>(withRoom, []);
    expect(list).toHaveLength(MOST_ROOMS);
    expect(list.map((one) => one.room)).not.toContain('r0');
    expect(list[0]?.room).toBe(`r${MOST_ROOMS}`);
  });

  it('are taken off the list, and the organiser’s key stays', () => {
    const rooms = new OwnRooms();
    remembered.setKey('a', 'key');
    rooms.visited(room('a', 1, { organiser: true }));
    rooms.visited(room('b', 2));
    rooms.remove('a');
    expect(rooms.list.value).toEqual([room('b', 2)]);
    expect(remembered.rooms).toEqual([room('b', 2)]);
    expect(remembered.key('a')).toBe('key');
  });

  it('of another tab are kept beside one’s own, and a new name is taken over', () => {
    const [here, there] = [new OwnRooms(), new OwnRooms()];
    here.visited(room('a', 1));
    there.visited(room('b', 2));
    here.renamed('a', 'New');
    here.renamed('none', 'No');
    expect(remembered.rooms).toEqual([room('b', 2), room('a', 1, { name: 'New' })]);
  });

  it('say when one was there, in words', () => {
    const now = new Date(2026, 10, 26, 20, 0).getTime();
    const at = (...when: [number, number, number, number, number]): string => whenText(new Date(...when).getTime(), now);
    expect(at(2026, 10, 26, 9, 5)).toBe('today at 09:05');
    expect(at(2026, 10, 25, 23, 59)).toBe('yesterday at 23:59');
    expect(at(2026, 10, 23, 1, 0)).toBe('on Monday');
    expect(at(2026, 8, 2, 1, 0)).toBe('on 2 September');
    expect(at(2025, 11, 24, 1, 0)).toBe('on 24 December 2025');
    // A clock that was set back.
    expect(at(2026, 10, 27, 1, 0)).toBe('today at 01:00');
  });
});

describe('the rooms of the server', () => {
  it('are links that say who is in, and whether one needs a password', () => {
    const rooms = [
      { room: 'a', name: 'Open choir', people: 3, password: true },
      { room: 'b', name: '', people: 0, password: false },
    ];
    const html = renderToString(<ListedRoomsList rooms={rooms} />);
    expect(html).toMatch(/href="\/r\/a".*Open choir.*3 are in.*with a password.*href="\/r\/b".*A room without a name.*nobody is in/);
    expect(html.match(/password/g)).toHaveLength(1);
  });
});

describe('the list on the first page', () => {
  it('is not there where there is nothing to list', () => {
    ownRooms.look();
    expect(renderToString(<RoomsList />)).toBe('');
  });

  it('has a link and a button for each room, whose names tell them apart', () => {
    ownRooms.visited(room('a b', Date.now(), { name: 'Monday choir', organiser: true }));
    ownRooms.visited(room('c', Date.now(), { name: '' }));
    const html = renderToString(<RoomsList />);
    expect(html).toContain('href="/r/a%20b"');
    expect(html.match(/<li>/g)).toHaveLength(2);
    expect(html).toContain('Monday choir from the list');
    expect(html).toContain('A room without a name from the list');
    expect(html.match(/you are its organiser/g)).toHaveLength(1);
  });
});
