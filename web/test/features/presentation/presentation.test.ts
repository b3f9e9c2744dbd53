import { describe, expect, it } from 'vitest';
import { shownOf, type Shown } from '../../../src/features/presentation/presentation.js';
import { enterRoom, type RoomState } from '../../../src/state/room.js';
import { SAMPLE_RATE } from '../../../src/units.js';
import { person, song, welcome } from '../../samples.js';

const START = 960 * 100_000;

function room(change: Parameters<typeof song>[0] | null, leader: string | null = 'a'): RoomState {
  const you = person({ id: 'a', name: 'Ann', bucket: 1 });
  return enterRoom(welcome({ you, people: [you], leader, ...(change ? { song: song({ start: START, ...change }) } : {}) }));
}
const at = (state: RoomState, seconds: number): Pick<Shown, 'tone' | 'countDown' | 'sentence'> => {
  const { tone, countDown, sentence } = shownOf(state, 0, START + seconds * SAMPLE_RATE);
  return { tone, countDown, sentence };
};

describe('a hall’s screen', () => {
  it('tells who leads, and the song before it begins', () => {
    expect(shownOf(room(null), 0, null)).toEqual({
      tone: 'idle',
      title: 'Monday choir',
      countDown: null,
      sentence: 'The song has not started yet.',
      leader: 'Ann leads',
    });
    expect(shownOf(room(null, null), 0, null)).toMatchObject({ sentence: 'Nobody leads yet.', leader: '' });
  });

  it('counts down to the song’s begin here, never to 0, and tells the last seconds', () => {
    const state = room({ end: START + 60 * SAMPLE_RATE });
    expect(at(state, -2.5)).toEqual({ tone: 'soon', countDown: 3, sentence: 'Get ready.' });
    expect(at(state, -0.01)).toEqual({ tone: 'soon', countDown: 1, sentence: 'Get ready.' });
    expect(at(state, 0)).toEqual({ tone: 'on', countDown: null, sentence: 'Sing.' });
    expect(at(state, 52)).toEqual({ tone: 'on', countDown: null, sentence: 'It ends in 8 s.' });
    expect(at(state, 60)).toEqual({ tone: 'over', countDown: null, sentence: 'The song is over here.' });
    expect(at(room({ end: null }), 500)).toEqual({ tone: 'on', countDown: null, sentence: 'Sing.' });
  });
});
