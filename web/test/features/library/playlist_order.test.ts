import { describe, expect, it } from 'vitest';
import { PlaylistOrder } from '../../../src/features/library/playlist_order.js';
import type { LibrarySong } from '../../../src/net/library.js';
import { songNamed } from './samples.js';

const songs = (...ids: number[]): LibrarySong[] => ids.map((id) => songNamed(`Song ${id}`, { id }));

/** A server with one playlist, and somebody who orders it. */
function playlist(...ids: number[]) {
  const server = { ids, refuses: false, whole: true };
  const order = new PlaylistOrder(songs(...ids), {
    ask: () => Promise.resolve({ ok: true, value: { songs: songs(...server.ids), whole: server.whole } }),
    send: (wish) => {
      if (server.refuses) return Promise.resolve({ ok: false, error: 'Too busy.', status: 503 });
      server.ids = wish;
      return Promise.resolve({ ok: true, value: null });
    },
  });
  return { server, order, shown: (): number[] => order.songs.value.map(({ id }) => id) };
}

describe('a playlist that is put into order', () => {
  it('shows each change at once and sends one after the other, however quickly they come', async () => {
    const { server, order, shown } = playlist(1, 2, 3, 4);
    const first = order.change(0, 1);
    expect(shown()).toEqual([2, 1, 3, 4]);
    void order.change(1, 1);
    void order.change(2, 1);
    void order.change(0, null);
    expect(shown()).toEqual([3, 4, 1]);
    await first;
    expect([shown(), server.ids, order.otherwise.value]).toEqual([[3, 4, 1], [3, 4, 1], false]);
  });

  it('keeps what came to it and went from it in another window', async () => {
    const { server, order, shown } = playlist(1, 2, 3);
    server.ids = [1, 3, 9];
    await order.change(0, 1);
    expect([server.ids, shown(), order.otherwise.value]).toEqual([[3, 1, 9], [3, 1, 9], true]);
    // What is gone already is not taken off twice.
    server.ids = [1, 9];
    await order.change(0, null);
    expect([server.ids, shown()]).toEqual([
      [1, 9],
      [1, 9],
    ]);
  });

  it('takes off the one that was meant where a song comes twice', async () => {
    const { server, order } = playlist(1, 2, 1);
    await order.change(2, null);
    expect(server.ids).toEqual([1, 2]);
  });

  it('goes back to what holds when it is refused, and says why', async () => {
    const { server, order, shown } = playlist(1, 2);
    server.refuses = true;
    await order.change(0, 1);
    expect([shown(), order.problem.value]).toEqual([[1, 2], 'Too busy.']);
    server.refuses = false;
    await order.change(0, 1);
    expect([shown(), order.problem.value]).toEqual([[2, 1], null]);
  });

  it('does not lose what it does not see', async () => {
    const { server, order } = playlist(1, 2);
    server.whole = false;
    await order.change(0, 1);
    expect(server.ids).toEqual([1, 2]);
  });
});
