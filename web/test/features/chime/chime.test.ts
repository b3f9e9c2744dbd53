import { describe, expect, it } from 'vitest';
import { CHIME_EVERY_MS, ChimeWatch, type Seen } from '../../../src/features/chime/chime.js';
import { person } from '../../samples.js';

const you = person();
const seen = (ids: string[], change: Partial<Seen> = {}): Seen => ({
  people: [you, ...ids.map((id) => person({ id, name: id }))],
  you: you.id,
  token: 't1',
  song: false,
  ...change,
});

describe('the chime', () => {
  it('tells of who comes, not of who was here, and not twice within three seconds', () => {
    const watch = new ChimeWatch();
    expect(watch.look(seen(['b']), 0)).toBe(false);
    expect(watch.look(seen(['b', 'c']), 10)).toBe(false); // the rest of a long list
    expect(watch.look(seen(['b', 'c', 'd']), CHIME_EVERY_MS)).toBe(true);
    expect(watch.look(seen(['b', 'c', 'd', 'e']), CHIME_EVERY_MS + 1)).toBe(false);
    expect(watch.look(seen(['b', 'c', 'd', 'e']), CHIME_EVERY_MS * 3)).toBe(false);
    expect(watch.look(seen(['b', 'c', 'd', 'e', 'f']), CHIME_EVERY_MS * 3)).toBe(true);
  });

  it('is silent in songs, for robots, for who comes back, and after one’s own lost connection', () => {
    const watch = new ChimeWatch();
    watch.look(seen(['b']), 0);
    const later = CHIME_EVERY_MS;
    expect(watch.look(seen(['b', 'c'], { song: true }), later)).toBe(false);
    expect(watch.look({ ...seen(['b', 'c']), people: [you, person({ id: 'r', robot: true })] }, later + 1)).toBe(false);
    const lost = [you, person({ id: 'b', connected: false })];
    watch.look({ ...seen([]), people: lost }, later + 2);
    expect(watch.look(seen(['b']), later + 3)).toBe(false);
    expect(watch.look(seen(['b', 'x', 'y'], { token: 't2' }), later * 9)).toBe(false);
  });
});
