import { describe, expect, it } from 'vitest';
import { describePerson, offsetText, placesOf, soundingBuckets } from '../../../src/features/line/placement.js';
import { person, settings, song } from '../../samples.js';

describe('placement', () => {
  it('shows every bucket in singing order, with its offset and people', () => {
    const people = [
      person({ id: '1', name: 'Zoe', bucket: 2 }),
      person({ id: '2', name: 'Ann', bucket: 2, role: 'listener' }),
      person({ id: '3', name: 'Maria', bucket: 2 }),
      person({ id: '4', name: 'Ben', bucket: 1, leader: true }),
      person({ id: '5', name: 'Bob', bucket: 2 }),
    ];
    const places = placesOf(people, settings(), '3');
    expect(places.map((place) => place.offsetSeconds)).toEqual([0, 1, 2, 3]);
    expect(places[0]?.people.map((p) => p.name)).toEqual(['Ben']);
    expect(places[1]?.people.map((p) => p.name)).toEqual(['Maria', 'Bob', 'Zoe', 'Ann']);
    expect(places[3]?.people).toEqual([]);
  });

  it('writes offsets so that short ones can be told apart', () => {
    expect(offsetText(0, 1)).toBe('the leader, 0.0 s');
    expect(offsetText(1, 2)).toBe('1.0 s behind');
    expect(offsetText(0.06, 2)).toBe('0.06 s behind');
  });

  it('describes people in words', () => {
    expect(describePerson(person({ id: 'me', leader: true }), 'me')).toEqual(['you', 'leads']);
    expect(describePerson(person({ muted: true, robot: true }), 'me')).toEqual(['robot', 'microphone off']);
    expect(describePerson(person({ role: 'listener' }), 'me')).toEqual(['listening']);
    expect(describePerson(person({ role: 'listener', connected: false }), 'me')).toEqual(['away']);
  });

  it('knows in which buckets the song is now', () => {
    const playing = { song: song({ start: 48_000, end: 96_000 }), settings: settings() };
    const sounding = (now: number): number => soundingBuckets(playing, now);
    expect(sounding(47_999)).toBe(0);
    expect(sounding(95_999)).toBe(1 << 1);
    expect(sounding(120_000)).toBe(1 << 2);
    expect(sounding(192_000)).toBe(1 << 4);
    const endless = { song: song({ start: 48_000, end: null }), settings: settings() };
    expect(soundingBuckets(endless, 100_000)).toBe((1 << 1) | (1 << 2));
  });
});
