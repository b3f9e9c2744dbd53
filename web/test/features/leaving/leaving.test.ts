import { describe, expect, it } from 'vitest';
import { leavingWords, wouldBeMissed } from '../../../src/features/leaving/leaving.js';
import { enterRoom, type RoomState } from '../../../src/state/room.js';
import { person, song, welcome } from '../../samples.js';

describe('leaving', () => {
  const room = (change: Partial<RoomState> = {}, role: 'singer' | 'listener' = 'singer'): RoomState => {
    const base = enterRoom(welcome());
    return { ...base, song: song(), people: [person({ id: base.you, role })], leader: null, ...change };
  };
  const none = enterRoom(welcome()).song;

  it('is asked about in a song that one sings or leads', () => {
    const open = { state: 'open' } as const;
    expect(wouldBeMissed(room(), open)).toBe(true);
    expect(wouldBeMissed(room({}, 'listener'), open)).toBe(false);
    expect(wouldBeMissed(room({ leader: room().you }, 'listener'), open)).toBe(true);
    expect(wouldBeMissed(room({ song: { ...none, state: 'none' } }), open)).toBe(false);
    expect(wouldBeMissed(null, open)).toBe(false);
  });

  it('is asked about while the connection is lost, but not once one is out', () => {
    expect(wouldBeMissed(room(), { state: 'waiting', attempt: 1, untilMs: 0, why: 'lost' })).toBe(true);
    expect(wouldBeMissed(room(), { state: 'left' })).toBe(false);
    expect(wouldBeMissed(room(), { state: 'ended', ending: 'elsewhere', error: null })).toBe(false);
  });

  it('has other words for who leads', () => {
    expect(leavingWords(room({ leader: room().you }))).toContain('you lead');
    expect(leavingWords(room())).not.toContain('you lead');
  });
});
