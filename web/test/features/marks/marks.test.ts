import { describe, expect, it } from 'vitest';
import { HeardMarks, lastMark } from '../../../src/features/marks/heard_marks.js';
import { enterRoom, nextRoom, type RoomState } from '../../../src/state/room.js';
import type { Mark, ServerMessage } from '../../../src/wire/control/control.js';
import { NO_PLAN } from '../../../src/wire/control/plan.js';
import { song, welcome } from '../../samples.js';

const mark = (id: string, position: number, kind = 'light', payload = ''): Mark => ({ id, position, kind, payload });
const after = (state: RoomState, ...messages: ServerMessage[]): RoomState =>
  messages.reduce((room, message) => nextRoom(room, message) as RoomState, state);

describe('the marks of a song', () => {
  const room = enterRoom(welcome({ song: song({ number: 3 }), plan: { ...NO_PLAN, words: 'psalm' } }));

  it('are kept by position, one of an id, until another song begins', () => {
    const marked = after(room, { type: 'marks', marks: [mark('b', 20), mark('a', 10)] }, { type: 'mark', mark: mark('b', 5) });
    expect(marked.marks.map(({ id, position }) => [id, position])).toEqual([
      ['b', 5],
      ['a', 10],
    ]);
    expect(after(marked, { type: 'song', song: song({ number: 3, end: 99 }) }).marks).toHaveLength(2);
    expect(after(marked, { type: 'song', song: song({ number: 4 }) }).marks).toEqual([]);
  });

  it('of lines go with their words', () => {
    const marked = after(room, { type: 'marks', marks: [mark('a', 10), mark('b', 20, 'line', '1')] });
    expect(after(marked, { type: 'plan', plan: { ...NO_PLAN, bpm: 90, words: 'psalm' } }).marks).toHaveLength(2);
    expect(after(marked, { type: 'plan', plan: { ...NO_PLAN, words: 'other' } }).marks.map(({ id }) => id)).toEqual(['a']);
  });
});

describe('a mark', () => {
  it('is fired once, when its position is heard here', () => {
    const heard = new HeardMarks();
    const marks = [mark('past', 5), mark('a', 20), mark('b', 30)];
    const fired = (position: number | null): string[] => heard.take(1, marks, position).map(({ id }) => id);
    expect(fired(null)).toEqual([]);
    expect(fired(10)).toEqual([]);
    expect(fired(19)).toEqual([]);
    expect(fired(29)).toEqual(['a']);
    expect(fired(31)).toEqual(['b']);
    expect(fired(40)).toEqual([]);
    marks[1] = mark('a', 50);
    expect(fired(60)).toEqual(['a']);
    expect(heard.take(2, marks, 45).map(({ id }) => id)).toEqual([]);
    expect(heard.take(2, marks, 50).map(({ id }) => id)).toEqual(['a']);
  });

  it('is the last of its kind that was heard', () => {
    const marks = [mark('a', 10, 'line', '0'), mark('b', 20), mark('c', 30, 'line', '1')];
    expect(lastMark(marks, 'line', 29)?.id).toBe('a');
    expect(lastMark(marks, 'line', 30)?.id).toBe('c');
    expect(lastMark(marks, 'line', 9)).toBeNull();
    expect(lastMark(marks, 'line', null)).toBeNull();
  });
});
