import { describe, expect, it } from 'vitest';
import { leavingWords, wouldBeMissed } from '../../../src/features/leaving/leaving.js';
import { enterRoom, type RoomState } from '../../../src/state/room.js';
import { person, song, welcome } from '../../samples.js';
import type { Person } from '../../../src/wire/control/control.js';

const open = { state: 'open' } as const;

/** In bucket 2 of a song. */
function room(change: Partial<RoomState> = {}, others: Person[] = [], you: Partial<Person> = {}): RoomState {
  const base = enterRoom(welcome());
  return { ...base, song: song(), people: [person({ id: base.you, bucket: 2, ...you }), ...others], leader: null, ...change };
}
const other = (change: Partial<Person> = {}): Person => person({ id: 'b', bucket: 3, ...change });
const none = enterRoom(welcome()).song;

describe('leaving', () => {
  it('is asked about in a song that one sings for those behind', () => {
    expect(wouldBeMissed(room({}, [other()]), open)).toBe(true);
    expect(wouldBeMissed(room({}, [other({ role: 'listener' })]), open)).toBe(true);
    expect(wouldBeMissed(room({}, [other()], { role: 'listener' }), open)).toBe(false);
    expect(wouldBeMissed(room({ song: { ...none, state: 'none' } }, [other()]), open)).toBe(false);
    expect(wouldBeMissed(null, open)).toBe(false);
  });

  it('is not asked about where nobody is behind: none, before or beside one only, away, robots', () => {
    expect(wouldBeMissed(room(), open)).toBe(false);
    expect(wouldBeMissed(room({}, [other({ bucket: 2 }), other({ bucket: 1 })]), open)).toBe(false);
    expect(wouldBeMissed(room({}, [other({ connected: false })]), open)).toBe(false);
    expect(wouldBeMissed(room({}, [other({ robot: true })]), open)).toBe(false);
  });

  it('counts listeners whom nobody names, but not oneself', () => {
    expect(wouldBeMissed(room({ listeners: { count: 31, named: false } }), open)).toBe(true);
    const listens = { role: 'listener' } as const;
    const leads = { leader: room().you };
    expect(wouldBeMissed(room({ ...leads, listeners: { count: 31, named: false } }, [], listens), open)).toBe(true);
    expect(wouldBeMissed(room({ ...leads, listeners: { count: 1, named: false } }, [], listens), open)).toBe(false);
  });

  it('is asked about by who leads where anybody is there, wherever', () => {
    const leads = { leader: room().you };
    expect(wouldBeMissed(room(leads), open)).toBe(false);
    expect(wouldBeMissed(room(leads, [other({ bucket: 1 })]), open)).toBe(true);
    expect(wouldBeMissed(room(leads, [other({ bucket: 1 })], { role: 'listener' }), open)).toBe(true);
  });

  it('is asked about while the connection is lost, but not once one is out', () => {
    const missed = room({}, [other()]);
    expect(wouldBeMissed(missed, { state: 'waiting', attempt: 1, untilMs: 0, why: 'lost' })).toBe(true);
    expect(wouldBeMissed(missed, { state: 'left' })).toBe(false);
    expect(wouldBeMissed(missed, { state: 'ended', ending: 'elsewhere', error: null })).toBe(false);
  });

  it('says what would be lost: the voice, the lead, the recording, and nothing else', () => {
    expect(leavingWords(room({ leader: room().you }), true, false).join()).toContain('you lead');
    expect(leavingWords(room(), true, false)).toEqual([expect.stringContaining('behind you')]);
    expect(leavingWords(room(), false, true)).toEqual([expect.stringContaining('recording')]);
    expect(leavingWords(room(), true, true)).toHaveLength(2);
  });
});
