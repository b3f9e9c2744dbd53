import { describe, expect, it } from 'vitest';
import { enterRoom, nextRoom, type RoomState } from '../../../src/state/room.js';
import { songActions } from '../../../src/features/song/song_actions.js';
import { songStatus } from '../../../src/features/song/status.js';
import { withRights } from '../../rights.js';
import { person, song, welcome } from '../../samples.js';

const idle = song({ state: 'none' });

/** Maria, a singer behind Ann, who leads. */
function room(change: Partial<RoomState> = {}, ann: Parameters<typeof person>[0] = {}): RoomState {
  const you = person({ id: 'me', name: 'Maria', bucket: 2 });
  const leader = person({ id: 'ann', name: 'Ann', leader: true, ...ann });
  return { ...enterRoom(welcome({ you, people: [leader, you], leader: 'ann', song: idle })), ...change };
}

function labels(state: RoomState, ending = false): string[] {
  return songActions(withRights(state), ending).map((action) => action.label);
}

describe('between songs', () => {
  it('a singer leads where nobody does, and asks a leader who is there', () => {
    expect(labels(room({ leader: null }))).toEqual(['Lead a song']);
    expect(labels(room())).toEqual(['Ask for the lead']);
    expect(labels(room({}, { connected: false }))).toEqual(['Take the lead']);
    expect(labels(room({}, { robot: true }))).toEqual(['Take the lead']);
    expect(labels(room({ leadAsked: 'me' }))).toEqual([]);
    expect(songStatus(room({ leadAsked: 'me' }), 0).hint).toContain('unless Ann keeps it');
  });

  it('a listener does not', () => {
    expect(labels(room({ leader: null, people: [person({ id: 'me', role: 'listener' })] }))).toEqual([]);
  });

  it('the leader starts, and says what; gives the lead up; answers who asks', () => {
    const leading = room({ leader: 'me' });
    expect(labels(leading)).toEqual(['Start the song', 'Give up the lead']);
    expect(songStatus(leading, 0).hint).toContain('It has no backing track.');
    const track = { id: 't', name: 'Frère Jacques.ogg', seconds: 60, channels: 2, loudness: null };
    expect(songStatus({ ...leading, tracks: [track], track: 't' }, 0).hint).toContain('It plays “Frère Jacques.ogg”.');
    const asked = nextRoom(leading, { type: 'lead_asked', by: 'ann' }) as RoomState;
    expect(labels(asked)).toEqual(['Start the song', 'Let Ann lead', 'Keep the lead']);
    expect(songActions(withRights(asked), false)[1]?.command).toEqual({ type: 'give_lead', to: 'ann' });
    expect(songStatus(asked, 0).hint).toContain('Ann would like to lead');
    expect(labels(nextRoom(asked, { type: 'lead_asked', by: null }) as RoomState)).toHaveLength(2);
  });
});

describe('in a song', () => {
  const playing = song({ start: 960_000 });

  it('it is the leader’s to stop, and the organiser’s', () => {
    expect(labels(room({ song: playing }))).toEqual([]);
    expect(labels(room({ song: playing, organiser: true }))).toEqual(['Halt for everybody']);
    expect(labels(room({ song: playing, leader: 'me' }))).toEqual(['Stop the song']);
    expect(labels(room({ song: playing, leader: 'me', organiser: true }), true)).toEqual(['Halt for everybody']);
  });

  it.each([
    ['has left', { leader: null }, {}],
    ['is away', {}, { connected: false }],
    ['is a robot', {}, { robot: true }],
  ])('every singer sees Halt when the leader %s', (_, change, ann) => {
    const state = room({ song: playing, ...change }, ann);
    expect(labels(state)).toEqual(['Halt for everybody', 'Lead the next song']);
    expect(songActions(withRights(state), false)[0]?.command).toEqual({ type: 'stop', now: true });
    const hint = songStatus(state, 960_000 + 5 * 48_000).hint;
    expect(hint).toMatch(/[Hh]alt the song/);
    expect(labels(room({ song: playing, people: [person({ id: 'me', role: 'listener' })], ...change }, ann))).toEqual([]);
  });
});
