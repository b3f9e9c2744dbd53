import { describe, expect, it } from 'vitest';
import { enterLive, nextLive } from '../../../src/features/live/room.js';

describe('the live link', () => {
  it('keeps the link when only the number of players is told', () => {
    let state = nextLive(enterLive(), { type: 'live', live: { players: 0, link: '/live/abc.ogg' } });
    state = nextLive(state, { type: 'live', live: { players: 7 } });
    expect(state.live).toEqual({ players: 7, link: '/live/abc.ogg' });
  });

  it('is another one when it was closed and opened', () => {
    let state = nextLive(enterLive(), { type: 'live', live: { players: 3, link: '/live/abc.ogg' } });
    state = nextLive(state, { type: 'live', live: null });
    expect(state.live).toBeNull();
    state = nextLive(state, { type: 'live', live: { players: 0 } });
    expect(state.live).toEqual({ players: 0, link: null });
  });
});
