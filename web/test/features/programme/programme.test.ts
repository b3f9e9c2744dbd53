import { describe, expect, it } from 'vitest';
import { beforeAt, changedPlan, entryDetails, entryOfNow, nextEntry, placeAt } from '../../../src/features/programme/programme.js';
import { songTitle } from '../../../src/features/song/song_progress.js';
import { enterRoom, nextRoom, type RoomState } from '../../../src/state/room.js';
import type { Entry, ServerMessage, Track } from '../../../src/wire/control/control.js';
import { NO_PLAN } from '../../../src/wire/control/plan.js';
import { song, welcome } from '../../samples.js';

const entry = (id: string, change: Partial<Entry> = {}): Entry => ({
  id,
  title: id.toUpperCase(),
  track: null,
  plan: NO_PLAN,
  score: null,
  leader: '',
  hidden: false,
  sung: false,
  ...change,
});
const track = (id: string): Track => ({ id, name: `${id}.wav`, seconds: 10, channels: 2, loudness: -16.25 });
const programme = (entries: Entry[], taken: string | null = null, whole = true): ServerMessage => ({ type: 'programme', entries, taken, whole });

describe('the programme of the room', () => {
  it('is what was told last; what leaves something out is not for those who prepare it', () => {
    const singer = nextRoom(enterRoom(welcome()), programme([entry('a')], null, false)) as RoomState;
    expect(singer.entries).toHaveLength(1);
    const leader = nextRoom(enterRoom(welcome({ rights: ['put_entry'] })), programme([entry('a'), entry('b')])) as RoomState;
    expect(nextRoom(leader, programme([entry('a')], null, false))?.entries).toHaveLength(2);
    expect(nextRoom(leader, programme([], null))?.entries).toEqual([]);
  });

  it('gives the song its title', () => {
    const room = enterRoom(welcome({ tracks: [track('t')], track: 't' }));
    expect(songTitle(nextRoom(room, programme([entry('a')], 'a')) as RoomState)).toBe('A');
    const playing = nextRoom(room, { type: 'song', song: song({ number: 1 }) }) as RoomState;
    expect(songTitle(nextRoom(playing, programme([entry('a')], 'a')) as RoomState)).toBe('A');
  });
});

describe('the next song', () => {
  it('is the first behind those that were sung, then what was passed over, and nothing while one is taken', () => {
    const entries = [entry('a', { sung: true }), entry('b'), entry('c', { sung: true }), entry('d')];
    expect(nextEntry({ entries, taken: null })?.id).toBe('d');
    expect(nextEntry({ entries: entries.slice(0, 3), taken: null })?.id).toBe('b');
    expect(nextEntry({ entries, taken: 'd' })).toBeNull();
    expect(nextEntry({ entries: [entry('a', { sung: true })], taken: null })).toBeNull();
    expect(nextEntry({ entries: [], taken: null })).toBeNull();
  });
});

describe('the order', () => {
  const entries = ['a', 'b', 'c'].map((id) => entry(id));

  it('is told by the song that follows', () => {
    expect(beforeAt(entries, 'a', 0)).toBe('b');
    expect(beforeAt(entries, 'a', 1)).toBe('c');
    expect(beforeAt(entries, 'a', 2)).toBeNull();
    expect(beforeAt(entries, 'c', 0)).toBe('a');
  });

  it('is where the pointer is', () => {
    expect([5, 15, 25, 99].map((y) => placeAt([10, 20, 30], y))).toEqual([0, 1, 2, 3]);
    expect(placeAt([], 5)).toBe(0);
  });
});

describe('a new song', () => {
  it('has what is chosen now', () => {
    const sheets = [{ id: 's', title: 'Psalm', format: 'plain', lines: 1, timed: 0, version: 1 }];
    const room = enterRoom(welcome({ tracks: [track('t')], track: 't', sheets, plan: { ...NO_PLAN, bpm: 90, words: 's' } }));
    expect(entryOfNow(room)).toMatchObject({ track: 't', plan: { bpm: 90, words: 's' }, leader: '', hidden: false });
    expect(entryOfNow({ ...room, track: null }).title).toBe('Psalm');
    expect(entryOfNow(enterRoom(welcome())).title).toBe('');
  });

  it('loses with its tempo what needs one', () => {
    const plan = { ...NO_PLAN, bpm: 90, beats_per_bar: 3, click: true, count_in_bars: 2, words: 's' };
    expect(changedPlan(plan, { bpm: 80 })).toEqual({ ...plan, bpm: 80 });
    expect(changedPlan(plan, { bpm: null })).toEqual({ ...NO_PLAN, beats_per_bar: 3, words: 's' });
  });

  it('is described in words, with what is gone', () => {
    const room = enterRoom(welcome({ tracks: [] }));
    const gone = entry('a', { track: 'x', leader: 'Zoë', hidden: true, plan: { ...NO_PLAN, bpm: 92.5, words: 'y' } });
    expect(entryDetails(gone, room)).toEqual([
      'its track was deleted',
      'its words were deleted',
      '92.5 beats a minute',
      'Zoë leads',
      'not shown to singers',
    ]);
    expect(entryDetails(entry('a'), room)).toEqual([]);
  });
});
