import { describe, expect, it } from 'vitest';
import { flowOf, groupText, initials, placeOf, streamPath, voicesHeard } from '../../../src/features/line/stream.js';
import { shownOf } from '../../../src/features/line/placement.js';
import { person, settings, song } from '../../samples.js';

const S = 48_000;

describe('the stream', () => {
  it('has the groups in the middles of equal parts, each an interval behind the one before', () => {
    expect([0, 1, 2, 3].map((seconds) => placeOf(seconds, settings()))).toEqual([0.126, 0.376, 0.626, 0.876]);
    expect([placeOf(-9, settings()), placeOf(99, settings())]).toEqual([0, 1]);
    const later = settings({ first_offset_blocks: 50, offsets: [50, 100, 150, 200] });
    expect(placeOf(1, later)).toBe(placeOf(0, settings()));
  });

  it('is filled by the song from its beginning to its end', () => {
    const flow = (now: number, end: number | null = 90 * S): ReturnType<typeof flowOf> =>
      flowOf({ song: song({ start: 10 * S, end }), settings: settings() }, now);
    expect(flowOf({ song: song({ state: 'none' }), settings: settings() }, 20 * S)).toBeNull();
    expect(flow(9 * S)).toEqual({ from: 0, to: 0 });
    expect(flow(11 * S)).toEqual({ from: 0, to: 0.376 });
    expect(flow(50 * S)).toEqual({ from: 0, to: 1 });
    expect(flow(50 * S, null)).toEqual({ from: 0, to: 1 });
    expect(flow(91 * S)).toEqual({ from: 0.376, to: 1 });
  });

  it('swells with the voices that each group hears', () => {
    const people = [
      person({ id: 'a', bucket: 1 }),
      person({ id: 'b', bucket: 2 }),
      person({ id: 'c', bucket: 2, muted: true }),
      person({ id: 'd', bucket: 2, role: 'listener' }),
      person({ id: 'e', bucket: 3, connected: false }),
      person({ id: 'f', bucket: 3 }),
    ];
    expect(voicesHeard(people, 4)).toEqual([0, 1, 2, 3]);
    expect([groupText(1, 0), groupText(2, 0), groupText(2, 1), groupText(4, 12)]).toEqual([
      'begins the song',
      'hears no voice yet',
      'hears 1 voice',
      'hears 12 voices',
    ]);
    const heights = [...streamPath([0, 1, 2, 3], 4).matchAll(/ (-?[\d.]+) (-?[\d.]+)(?=[CLZ])/g)].map((match) => Number(match[2]));
    expect(heights).toHaveLength(10);
    expect(heights.every((y) => y >= 0 && y <= 100)).toBe(true);
    expect(streamPath([0], 0)).not.toContain('NaN');
  });

  it('shows people by their first letters, whatever these are', () => {
    expect(['Hanna', 'Petra Müller-Łuk', 'Ёлка', '  a ', '👩‍🎤 Zoe'].map(initials)).toEqual(['Ha', 'PM', 'Ёл', 'a', '👩Z']);
  });
});

describe('a large group', () => {
  it('is shown in part at first, and never hides one alone', () => {
    const group = (count: number) => Array.from({ length: count }, (_, i) => person({ id: String(i) }));
    expect(shownOf(group(13), false)).toMatchObject({ more: 0 });
    expect(shownOf(group(40), false).people).toHaveLength(12);
    expect(shownOf(group(40), false).more).toBe(28);
    expect(shownOf(group(40), true)).toMatchObject({ more: 0 });
  });
});
