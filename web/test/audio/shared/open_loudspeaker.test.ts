// The hundreds of cases by which the limits were set: open_loudspeaker.long.test.ts.
import { describe, expect, it } from 'vitest';
import { FOUND, HEADPHONES, seeds, unfound, alarms } from './loudspeaker_cases.js';
import { judged } from './judged_song.js';
import { anyScene } from './rendered_song.js';

describe('an open loudspeaker', () => {
  for (const [name, change] of FOUND) {
    it(`is found within ten seconds, and its delay to a millisecond: ${name}`, () => {
      expect(unfound(seeds(2, 1), change)).toEqual([]);
    }, 60_000);
  }

  it('is found where the clocks of loudspeaker and microphone part by 80 ppm', () => {
    expect(unfound(seeds(1, 1), { driftPpm: 80 }, 2)).toEqual([]);
  }, 60_000);
});

describe('a singer with headphones', () => {
  for (const [name, change] of HEADPHONES) {
    it(`is no open loudspeaker: ${name}`, () => {
      expect(alarms(seeds(2, 1), change)).toEqual([]);
    }, 60_000);
  }
});

describe('before anything can be said', () => {
  it('it is not said: nothing played, a dead microphone, a few seconds', () => {
    expect(judged(anyScene(1, { seconds: 6 })).verdict.kind).toBe('unsure');
    expect(judged(anyScene(1, { quiet: true })).verdict.kind).toBe('unsure');
    expect(judged(anyScene(1, { leakDb: -Infinity, singer: 'silent', noiseDb: -Infinity })).verdict.kind).toBe('unsure');
  });
});
