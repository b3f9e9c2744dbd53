import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { isWanting, millisecondsIn, minutesText, newRule, numberIn, ruleDraftOf, ruleOf } from '../../../src/features/library/rule_draft.js';
import { playlistRule } from '../../../src/net/library_lists.js';

describe('the rule of a playlist', () => {
  const rule = v.parse(playlistRule, {
    match: 'any',
    rules: [{ genre_is: 'gospel' }, { rating_at_least: 7.5 }, { not_heard_for_days: 30 }, { length_at_most_ms: 210_000 }, { is_favourite: false }],
    order: 'newest',
    most: 40,
  });

  it('becomes a form, and the same rule again', () => {
    const draft = ruleDraftOf(rule);
    expect(draft.terms.map(({ value }) => value)).toEqual(['gospel', '7.5', '30', '3:30', 'no']);
    expect(ruleOf(draft)).toEqual(rule);
  });

  it('of a newer server loses what this page does not know', () => {
    expect(ruleDraftOf(v.parse(playlistRule, { rules: [{ moon_is: 'full' }, { has_words: true }] })).terms).toEqual([
      { kind: 'has_words', value: 'yes' },
    ]);
    expect(ruleDraftOf(v.parse(playlistRule, { rules: [{ moon_is: 'full' }] })).terms).toEqual(newRule().terms);
  });

  it('is not sent while something is missing or is no number', () => {
    expect(newRule().terms.some(isWanting)).toBe(true);
    const terms = [
      { kind: 'genre_is', value: ' ' },
      { kind: 'genre_is', value: 'Folk' },
      { kind: 'rating_at_least', value: 'good' },
      { kind: 'rating_at_least', value: '7,5' },
      { kind: 'length_at_most_ms', value: 'long' },
      { kind: 'is_favourite', value: 'yes' },
    ] as const;
    expect(terms.map(isWanting)).toEqual([true, false, true, false, true, false]);
  });

  it('has lengths as people write them', () => {
    expect(['3:30', '3.5', '3,5', '90', '0:05', '3:99', '', 'x', '-1'].map(millisecondsIn)).toEqual([
      210_000,
      210_000,
      210_000,
      5_400_000,
      5_000,
      null,
      null,
      null,
      null,
    ]);
    expect([210_000, 5_000, 5_400_000].map(minutesText)).toEqual(['3:30', '0:05', '90:00']);
    expect([numberIn(' 7 '), numberIn('1e400'), numberIn('')]).toEqual([7, null, null]);
  });
});
