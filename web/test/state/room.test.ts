import { describe, expect, it } from 'vitest';
import { enterRoom, may, nextRoom, personOf, yourself, type RoomState } from '../../src/state/room.js';
import { forgetPreparing } from '../../src/features/tracks/room.js';
import { NO_PLAN, type ServerMessage } from '../../src/wire/control/control.js';
import { person, settings, song, welcome } from '../samples.js';

const ben = person({ id: 'b', name: 'Ben', bucket: 2 });
const cleo = person({ id: 'c', name: 'Cleo', role: 'listener' });

/** The room after these messages. */
function after(...messages: ServerMessage[]): RoomState {
  return messages.reduce<RoomState>((room, message) => nextRoom(room, message) as RoomState, enterRoom(welcome({ people: [person(), ben] })));
}
const names = (room: RoomState): string[] => room.people.map((one) => one.name);

describe('a visit', () => {
  it('begins with the welcome, and not before', () => {
    expect(nextRoom(null, { type: 'person', person: ben })).toBeNull();
    const room = nextRoom(null, welcome({ organiser: true, token: 't2' })) as RoomState;
    expect([room.you, room.token, room.organiser, room.room.name]).toEqual(['a', 't2', true, 'Monday choir']);
  });

  it('begins anew with every welcome', () => {
    const room = after({ type: 'loop', loop_ms: 80, late_percent: 3 }, welcome({ people: [person()] }));
    expect(names(room)).toEqual(['Ann']);
    expect(room.loop).toBeNull();
  });

  it('has oneself among the people even where the list does not', () => {
    const room = enterRoom(welcome({ you: cleo, people: [person()] }));
    expect(yourself(room)).toEqual(cleo);
    expect(names(room)).toEqual(['Ann', 'Cleo']);
  });

  it('tells what one may do: by the rights that the server told last, and by nothing else', () => {
    const welcomed = enterRoom(welcome({ organiser: true, rights: ['mute'] }));
    expect([may(welcomed, 'mute'), may(welcomed, 'room')]).toEqual([true, false]);
    const changed = nextRoom(welcomed, { type: 'rights', rights: ['room'], organiser: false }) as RoomState;
    expect([may(changed, 'mute'), may(changed, 'room'), changed.organiser]).toEqual([false, true, false]);
  });

  it('tells how the room is kept, and who was removed', () => {
    const order = { ...welcome().room, name: 'New', locked: true };
    expect(after({ type: 'room', room: order }).room).toEqual(order);
    expect(after({ type: 'removed', people: [{ id: 'x', name: 'Xaver' }] }).removed).toEqual([{ id: 'x', name: 'Xaver' }]);
  });

  it('stays the same state where a message changes nothing', () => {
    const room = after();
    expect(nextRoom(room, { type: 'unknown', name: 'wave' })).toBe(room);
    expect(nextRoom(room, { type: 'notice', message: 'Hello.' })).toBe(room);
  });
});

describe('people', () => {
  it('come at the end, change at their place, and go', () => {
    const room = after({ type: 'person', person: cleo }, { type: 'person', person: person({ name: 'Anna' }) });
    expect(names(room)).toEqual(['Anna', 'Ben', 'Cleo']);
    expect(names(after({ type: 'gone', id: 'a' }))).toEqual(['Ben']);
    expect(personOf(room, 'c')).toEqual(cleo);
    expect(personOf(room, null)).toBeNull();
  });

  it('come, change and go together', () => {
    const dora = person({ id: 'd', name: 'Dora' });
    const room = after({ type: 'people', people: [dora, person({ id: 'b', name: 'Benno' })], gone: ['a'] });
    expect(names(room)).toEqual(['Benno', 'Dora']);
  });

  it('who left and came back stand at the end', () => {
    expect(names(after({ type: 'people', people: [person()], gone: ['a'] }))).toEqual(['Ben', 'Ann']);
  });

  it('who only listen are hidden where they are not named, but for oneself', () => {
    const hidden = after({ type: 'person', person: cleo }, { type: 'listeners', listeners: { count: 31, named: false } });
    expect(names(hidden)).toEqual(['Ann', 'Ben']);
    expect(hidden.listeners.count).toBe(31);
    expect(names(nextRoom(hidden, { type: 'person', person: person({ role: 'listener' }) }) as RoomState)).toEqual(['Ann', 'Ben']);
    expect(names(nextRoom(hidden, { type: 'person', person: person({ id: 'b', name: 'Ben', role: 'listener' }) }) as RoomState)).toEqual(['Ann']);
  });
});

describe('the song', () => {
  it('takes the lateness of the one before along, and what was told of its singers', () => {
    const told: ServerMessage[] = [
      { type: 'song', song: song({ number: 1 }) },
      { type: 'loop', loop_ms: 80, late_percent: 3 },
      { type: 'loops', interval_ms: 300, slow: [] },
    ];
    const same = after(...told, { type: 'song', song: song({ number: 1, end: 200_000 }) });
    expect(same.loop).toEqual({ loopMs: 80, latePercent: 3 });
    expect(same.loops).toEqual({ intervalMs: 300, slow: [] });
    const next = after(...told, { type: 'song', song: song({ number: 2 }) });
    expect(next.loop).toEqual({ loopMs: 80, latePercent: 0 });
    expect(next.loops).toBeNull();
  });

  it('has a leader, and who would like to be', () => {
    const room = after({ type: 'leader', leader: 'b' }, { type: 'lead_asked', by: 'a' });
    expect([room.leader, room.leadAsked]).toEqual(['b', 'a']);
    expect(after({ type: 'lead_asked', by: 'a' }, { type: 'lead_asked', by: null }).leadAsked).toBeNull();
  });

  it('has the plan of its next song', () => {
    const plan = { ...NO_PLAN, bpm: 92.5, count_in_bars: 1 };
    expect(after({ type: 'plan', plan }).plan).toEqual(plan);
  });

  it('has its settings', () => {
    expect(after({ type: 'settings', settings: settings({ buckets: 3 }) }).settings.buckets).toBe(3);
  });
});

describe('tracks', () => {
  const track = { id: 't1', name: 'song.mp3', seconds: 60, mine: false };
  const progress = (name: string, share: number, error: string | null = null): ServerMessage => ({
    type: 'track_progress',
    name,
    progress: share,
    error,
  });

  it('are prepared until they are there', () => {
    const room = after(progress('song.mp3', 0.5), progress('other.mp3', 0.2));
    expect(room.preparing).toEqual({ 'song.mp3': 0.5, 'other.mp3': 0.2 });
    const there = nextRoom(room, { type: 'tracks', tracks: [track], track: 't1' } as unknown as ServerMessage) as RoomState;
    expect(there.preparing).toEqual({ 'other.mp3': 0.2 });
    expect(there.track).toBe('t1');
  });

  it('that fail are no longer prepared, and say why until they are tried again', () => {
    const failed = after(progress('song.mp3', 0.5), progress('song.mp3', 0.5, 'No sound in it.'));
    expect(failed.preparing).toEqual({});
    expect(failed.failed).toEqual({ 'song.mp3': { english: 'No sound in it.' } });
    expect((nextRoom(failed, progress('song.mp3', 0)) as RoomState).failed).toEqual({});
    expect(forgetPreparing(failed, 'song.mp3').failed).toEqual({});
  });
});
