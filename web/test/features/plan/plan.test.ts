import { describe, expect, it } from 'vitest';
import { bars, click } from '../../../src/features/plan/clicks.js';
import { beatAt, beatSamples, tapped, tappedBpm } from '../../../src/features/plan/tempo.js';
import { withParts, withVoice } from '../../../src/features/plan/voices.js';
import { planSentences, roundWords } from '../../../src/features/plan/words.js';
import { NO_PLAN } from '../../../src/wire/control/control.js';

describe('a tapped tempo', () => {
  const tap = (...times: number[]): number[] => times.reduce<number[]>(tapped, []);

  it('is that of the last beats, whole', () => {
    expect(tappedBpm(tap(0, 500))).toBeNull();
    expect(tappedBpm(tap(0, 510, 990, 1_500))).toBe(120);
    const slower = Array.from({ length: 8 }, (_, i) => 2_000 + i * 750);
    expect(tappedBpm(tap(0, 500, 1_000, 1_500, ...slower))).toBe(83);
  });

  it('begins anew after a pause, and keeps within what a song may have', () => {
    expect(tappedBpm(tap(0, 500, 1_000, 9_000, 9_100))).toBeNull();
    expect(tappedBpm(tap(0, 50, 100, 150))).toBe(300);
  });
});

describe('beats', () => {
  it('lie where the server says, without drift', () => {
    expect(beatSamples(120, 1)).toBe(24_000);
    expect(beatSamples(133.1, -2)).toBe(-43_276);
    expect(beatSamples(133.1, 100_000)).toBe(Math.round(28_800_000_000_00 / 1_331));
  });

  it('are known by their place', () => {
    for (const bpm of [40, 92.5, 133.1, 240]) {
      for (const k of [-8, -1, 0, 1, 5_000]) {
        const at = beatSamples(bpm, k);
        expect([beatAt(bpm, at - 1), beatAt(bpm, at), beatAt(bpm, at + 1)]).toEqual([k - 1, k, k]);
      }
    }
  });
});

describe('the preview', () => {
  it('has its clicks on the beats, and an accent on the first of each bar', () => {
    const sound = bars(2, 133.1, 3, 0.5);
    for (let k = 0; k < 6; k++) {
      const at = beatSamples(133.1, k);
      const expected = click(k % 3 === 0).map((sample) => sample * 0.5);
      expect(sound.slice(at, at + 960)).toEqual(expected);
    }
  });
});

describe('a plan in words', () => {
  const round = { beats: 16, repeats: 2, leader_only: false };

  it('says what is planned, and nothing where nothing is', () => {
    expect(planSentences(NO_PLAN)).toEqual([]);
    expect(planSentences({ ...NO_PLAN, bpm: 92.5, click: true, count_in_bars: 2 })).toEqual([
      '92.5 beats a minute, 4 beats in a bar.',
      'Two bars are counted in, and it clicks on.',
    ]);
    expect(planSentences({ ...NO_PLAN, bpm: 60, round })[1]).toBe('A round: each voice comes again after 16 beats, 2 times more.');
    expect(planSentences({ ...NO_PLAN, bpm: 60, round: { ...round, repeats: 1, leader_only: true } })[1]).toBe(
      'A round: the leader’s voice comes again after 16 beats, once more.',
    );
  });

  it('speaks of parts', () => {
    const plan = { ...NO_PLAN, bpm: 120, round: { beats: 8, parts: 3 } };
    expect(planSentences(plan)[1]).toBe('A round in 3 parts: each comes in 8 beats behind the one before.');
    expect(roundWords(plan)).toContain('after 4 s');
  });

  it('names the voices that have a part of their own, and forgets those whose part is no more', () => {
    const round = { beats: 8, parts: 3, voices: { Alto: 2, Bass: 3 } };
    expect(planSentences({ ...NO_PLAN, bpm: 120, round })[2]).toBe('Dealt by voices: Alto part 2 and Bass part 3.');
    expect(withVoice(round, 'Bass', 1)).toEqual({ Alto: 2, Bass: 1 });
    expect(withVoice(round, 'Alto', 0)).toEqual({ Bass: 3 });
    expect(withParts(round, 2)).toEqual({ parts: 2, voices: { Alto: 2 } });
  });

  it('says how long a repeat lasts', () => {
    expect(roundWords({ ...NO_PLAN, bpm: 90, round })).toContain('A repeat lasts 10.7 s.');
    expect(roundWords(NO_PLAN)).toBe('');
  });
});
