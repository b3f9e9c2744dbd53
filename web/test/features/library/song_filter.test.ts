import { describe, expect, it } from 'vitest';
import { NO_FILTER, queryOf, wishesIn } from '../../../src/features/library/song_filter.js';

describe('what one wants of songs', () => {
  it('is asked of the server as the server calls it', () => {
    const filter = { ...NO_FILTER, genre: ' Gospel ', longest: '3:30', slowest: '72,5', rating: '7', order: 'newest' } as const;
    expect(queryOf(filter)).toEqual({ genre: 'Gospel', length_to_ms: '210000', tempo_from_bpm: '72.5', rating_from: '7', order: 'newest' });
    expect(wishesIn(filter)).toBe(4);
  });

  it('is nothing while what was typed is no number yet', () => {
    const filter = { ...NO_FILTER, longest: '3:', fastest: 'x', licence: ' ' };
    expect(queryOf(filter)).toEqual({ order: 'title' });
    expect(wishesIn(filter)).toBe(0);
  });
});
