import { describe, expect, it } from 'vitest';
import { inParts } from '../../src/net/library_lists.js';
import { songNamed } from '../features/library/samples.js';

const songs = (first: number, count: number) => Array.from({ length: count }, (_, i) => songNamed(`Song ${first + i}`, { id: first + i }));

describe('a list that comes in parts', () => {
  it('is there as a whole, also where some of it are not to be seen', async () => {
    const asked: [number, number][] = [];
    const answer = await inParts((from, atOnce) => {
      asked.push([from, atOnce]);
      return Promise.resolve({ ok: true, value: { songs: songs(from + 1, Math.min(499, 1_203 - from)), total: 1_203 } });
    });
    expect(asked).toEqual([
      [0, 500],
      [500, 500],
      [1_000, 500],
    ]);
    expect(answer.ok && [answer.value.songs.length, answer.value.songs.at(-1)?.id, answer.value.total]).toEqual([1_201, 1_203, 1_203]);
  });

  it('is asked for once where it is short or empty', async () => {
    let asked = 0;
    const none = await inParts(() => {
      asked += 1;
      return Promise.resolve({ ok: true, value: { songs: [], total: 0 } });
    });
    expect([asked, none]).toEqual([1, { ok: true, value: { songs: [], total: 0 } }]);
  });

  it('is not there where a part does not come', async () => {
    const answer = await inParts((from) =>
      Promise.resolve(from === 0 ? { ok: true, value: { songs: songs(1, 500), total: 900 } } : { ok: false, error: 'Too busy.', status: 503 }),
    );
    expect(answer).toEqual({ ok: false, error: 'Too busy.', status: 503 });
  });
});
