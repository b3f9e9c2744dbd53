import { afterEach, describe, expect, it, vi } from 'vitest';
import { askSung } from '../../src/net/sung.js';

afterEach(() => vi.unstubAllGlobals());

describe('what was sung', () => {
  it('is asked for with the token of who is in the room', async () => {
    const sung = [
      { song: 3, at: 1_764_153_300_000, title: 'Dona', credits: { artist: 'Traditional', tempo_bpm: 72.5 } },
      { song: 4, at: 1_764_153_900_000, title: 'own.wav' },
    ];
    const fetched = vi.fn(() => Promise.resolve(new Response(JSON.stringify({ name: 'Choir', sung, more: false }))));
    vi.stubGlobal('fetch', fetched);
    expect(await askSung({ room: 'a/b', token: 't' })).toEqual({ ok: true, value: sung });
    expect(fetched).toHaveBeenCalledWith('/api/rooms/a%2Fb/sung', expect.objectContaining({ headers: { Authorization: 'Bearer t' } }));
  });

  it('is refused with the sentence of the server', async () => {
    const error = { code: 'bad_token', message: 'Only people in the room can see it.' };
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify({ error }), { status: 401 })));
    expect(await askSung({ room: 'a', token: 't' })).toEqual({ ok: false, error: error.message });
  });
});
