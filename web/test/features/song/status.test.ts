import { describe, expect, it } from 'vitest';
import { enterRoom, nextRoom, type RoomState } from '../../../src/state/room.js';
import { songProgress } from '../../../src/features/song/song_progress.js';
import { connectionStatus, minutes, placeKeptWords, songStatus, tabTitle, tryingAgain } from '../../../src/features/song/status.js';
import { NO_PLAN } from '../../../src/wire/control/control.js';
import { person, settings, song, welcome } from '../../samples.js';

const START = 960_000;
const S = 48_000;

function room(change: Partial<RoomState> = {}, bucket = 3): RoomState {
  const you = person({ id: 'me', name: 'Maria', bucket });
  const ann = person({ id: 'ann', name: 'Ann', leader: true });
  const base = enterRoom(welcome({ you, people: [ann, you], leader: 'ann', settings: settings() }));
  return { ...base, song: song({ start: START, state: 'playing' }), ...change };
}

const idle = song({ state: 'none' });

describe('status', () => {
  it('says who leads before the song', () => {
    expect(songStatus(room({ song: idle }), 0).sentence).toBe('Ann leads. The song has not started yet.');
    expect(songStatus(room({ song: idle, leader: null }), 0).sentence).toBe('Nobody leads yet.');
    expect(songStatus(room({ song: idle, leader: 'me' }), 0).sentence).toBe('You lead.');
  });

  it('counts down until the song reaches you, and never says 0', () => {
    const at = (now: number): string => songStatus(room(), now).sentence;
    expect(at(START - 2 * S)).toBe('The song reaches you in 4 s.');
    expect(at(START + 1.01 * S)).toBe('The song reaches you in 1 s.');
    expect(at(START + 1.99 * S)).toBe('The song reaches you in 1 s.');
    expect(at(START + 2 * S)).toBe('You are hearing the song.');
  });

  it('counts in, each group in its own time', () => {
    const plan = { ...NO_PLAN, bpm: 60, beats_per_bar: 3, count_in_bars: 2 };
    const counted = room({ song: song({ start: START, music: START + 6 * S, plan }) });
    const at = (seconds: number): [string, string] => {
      const { sentence, hint } = songStatus(counted, START + (2 + seconds) * S);
      return [sentence, hint];
    };
    expect(at(0.5)).toEqual(['Count-in: 1', 'One more bar is counted.']);
    expect(at(2.5)).toEqual(['Count-in: 1, 2, 3', 'One more bar is counted.']);
    expect(at(4.5)).toEqual(['Count-in: 1, 2', 'The music begins with the next 1.']);
    expect(at(6.1)[0]).toBe('You are hearing the song.');
  });

  it('counts each part of a round in', () => {
    const plan = { ...NO_PLAN, bpm: 60, round: { beats: 8, parts: 2 } };
    const parts = [1, 2, 1, 2].map((part) => ({ part, enters: START + (part - 1) * 8 * S }));
    const state = room({ song: song({ start: START, music: START, plan, parts }) }, 4);
    const at = (seconds: number): string => songStatus(state, START + (3 + seconds) * S).sentence;
    expect(at(1)).toBe('You sing part 2. It comes in in 7 s.');
    expect(at(4.1)).toBe('You come in in 4');
    expect(at(7.9)).toBe('You come in in 4, 3, 2, 1');
    expect(at(8.1)).toBe('You are hearing the song.');
    expect(songStatus(room({ song: state.song }, 3), START + 2.1 * S).sentence).toBe('You are hearing the song.');
    expect(songStatus(room({ song: state.song }, 3), START + 2.1 * S).hint).toBe('Sing along: you sing part 1.');
  });

  it('believes what is heard more than the clock', () => {
    expect(songStatus(room(), START + 2.1 * S, { heard: START - S }).sentence).toBe('The song reaches you in 1 s.');
  });

  it('of who hears the solo mix counts by its offset, not by her group', () => {
    expect(songStatus(room(), START, { soloBlocks: 200 }).sentence).toBe('The song reaches you in 4 s.');
    expect(songStatus(room(), START, { soloBlocks: null }).sentence).toBe('The song reaches you in 2 s.');
    // Where nobody is on solo it is silent.
    expect(songStatus(room(), START + 300 * 960, { soloBlocks: 200 }).hint).toBe('You hear the solo mix.');
    const playing = room({ song: song({ start: START, end: START + 60 * S, state: 'playing' }) });
    expect(songProgress(playing, START + 10 * S, null, 200)?.elapsedSeconds).toBe(6);
  });

  it('announces the end, and says when it has passed', () => {
    const ending = room({ song: song({ start: START, end: START + 60 * S }) });
    expect(songStatus(ending, START + 12 * S)).toMatchObject({ sentence: 'You are hearing the song.', tone: 'on' });
    expect(songStatus(ending, START + 59 * S).sentence).toBe('The end reaches you in 3 s.');
    expect(songStatus(ending, START + 62 * S)).toMatchObject({
      sentence: 'The song is over for you.',
      hint: 'The last group hears the end in 1 s.',
    });
  });

  it('tells a leader, the last bucket, a listener and the muted what to do', () => {
    const now = START + 20 * S;
    expect(songStatus(room({ leader: 'me' }, 1), now).hint).toBe('Sing: everybody follows you.');
    expect(songStatus(room({}, 4), now).hint).toContain('you hear all the groups before you');
    const people = [person({ id: 'me', role: 'listener' })];
    expect(songStatus(room({ people }), now).hint).toBe('Enjoy listening.');
    expect(songStatus(room({ people: [person({ id: 'me', muted: true })] }), now).hint).toContain('nobody hears you');
    expect(songStatus(room({ leader: 'me' }, 1), START - 3 * S).sentence).toBe('The song begins in 3 s.');
  });

  it('speaks of the connection first', () => {
    expect(connectionStatus({ state: 'open' })).toBeNull();
    expect(connectionStatus({ state: 'waiting', attempt: 1, untilMs: 200, why: 'lost' })?.sentence).toBe('Connection lost. Coming back ...');
    expect(connectionStatus({ state: 'connecting', attempt: 2, why: 'lost' })?.tone).toBe('trouble');
    expect(connectionStatus({ state: 'connecting', attempt: 0, why: 'lost' })?.sentence).toBe('Going in ...');
  });

  it('counts down for how long one’s place is kept, and says when it is no longer', () => {
    expect(placeKeptWords(121_000, 1_000)).toContain('another 120 s');
    expect(placeKeptWords(121_000, 120_999)).toContain('another 1 s');
    expect(placeKeptWords(121_000, 121_000)).toContain('not kept any longer');
    expect(tryingAgain({ state: 'waiting', attempt: 1, untilMs: 200, why: 'lost', keptUntilMs: 9 })).toEqual({
      why: 'lost',
      untilMs: 200,
      keptUntilMs: 9,
    });
    expect(tryingAgain({ state: 'connecting', attempt: 1, why: 'busy', keptUntilMs: 9 })).toEqual({ why: 'busy', untilMs: null, keptUntilMs: 9 });
    expect(tryingAgain({ state: 'waiting', attempt: 1, untilMs: 200, why: 'lost' })?.keptUntilMs).toBeNull();
    expect(tryingAgain({ state: 'connecting', attempt: 0, why: 'lost' })).toBeNull();
  });

  it('writes minutes', () => {
    expect([0, 59.6, 61, 600].map(minutes)).toEqual(['0:00', '1:00', '1:01', '10:00']);
  });
});

describe('room state', () => {
  const state = enterRoom(welcome());

  it('follows people as they come, change and go', () => {
    const ben = person({ id: 'b', name: 'Ben', bucket: 2 });
    const came = nextRoom(state, { type: 'person', person: ben }) as RoomState;
    expect(came.people.map((p) => p.name)).toEqual(['Ann', 'Ben']);
    const moved = nextRoom(came, { type: 'person', person: { ...ben, bucket: 4 } }) as RoomState;
    expect(moved.people.map((p) => p.bucket)).toEqual([1, 4]);
    expect(nextRoom(moved, { type: 'gone', id: 'b' })?.people).toHaveLength(1);
  });

  it('takes several people in one message', () => {
    const [ben, cleo] = [person({ id: 'b', name: 'Ben' }), person({ id: 'c', name: 'Cleo' })];
    const came = nextRoom(state, { type: 'people', people: [ben, cleo], gone: [] }) as RoomState;
    expect(came.people.map((p) => p.id)).toEqual(['a', 'b', 'c']);
    const moved = nextRoom(came, { type: 'people', people: [{ ...cleo, bucket: 4 }], gone: ['b'] }) as RoomState;
    expect(moved.people.map((p) => [p.id, p.bucket])).toEqual([
      ['a', 1],
      ['c', 4],
    ]);
  });

  it('forgets listeners, but not yourself, when they are no longer named', () => {
    const you = person({ id: 'me', role: 'listener' });
    const many = [person(), person({ id: 'l', role: 'listener' })];
    const full = enterRoom(welcome({ you, people: many }));
    const counted = nextRoom(full, { type: 'listeners', listeners: { count: 31, named: false } }) as RoomState;
    expect(counted.people.map((p) => p.id)).toEqual(['a', 'me']);
    const quiet = nextRoom(counted, { type: 'person', person: person({ role: 'listener' }) }) as RoomState;
    expect(quiet.people.map((p) => p.id)).toEqual(['me']);
    expect(quiet.listeners.count).toBe(31);
  });

  it('keeps uploads in preparation until the track is there', () => {
    const half = nextRoom(state, { type: 'track_progress', name: 'Tallis.mp3', progress: 0.4, error: null }) as RoomState;
    expect(half.preparing).toEqual({ 'Tallis.mp3': 0.4 });
    const track = { id: 't', name: 'Tallis.mp3', seconds: 60, channels: 2, loudness: null };
    const done = nextRoom(half, { type: 'tracks', tracks: [track], track: null }) as RoomState;
    expect(done.preparing).toEqual({});
    const ended = nextRoom(half, { type: 'track_progress', name: 'Tallis.mp3', progress: 1, error: 'It is damaged.' }) as RoomState;
    expect(ended.preparing).toEqual({});
    expect(ended.failed).toEqual({ 'Tallis.mp3': { english: 'It is damaged.' } });
    const again = nextRoom(ended, { type: 'track_progress', name: 'Tallis.mp3', progress: 0, error: null }) as RoomState;
    expect(again.failed).toEqual({});
    expect(done.tracks).toEqual([track]);
  });

  it('keeps the loop time over songs, but not who was late', () => {
    const measured = nextRoom(state, { type: 'loop', loop_ms: 120, late_percent: 3 }) as RoomState;
    expect(measured.loop).toEqual({ loopMs: 120, latePercent: 3 });
    expect(nextRoom(measured, { type: 'song', song: song({ number: 9 }) })?.loop).toEqual({ loopMs: 120, latePercent: 0 });
  });

  it('leaves everything as it is for what it does not know', () => {
    expect(nextRoom(state, { type: 'unknown', name: 'chat' })).toBe(state);
    expect(nextRoom(null, { type: 'gone', id: 'x' })).toBeNull();
  });
});

describe('the title of the tab', () => {
  const ending = songStatus(room({ song: song({ start: START, end: START + 60 * S }) }), START + 59 * S);

  it('says what goes on in the room', () => {
    expect(tabTitle({ state: 'open' }, ending, 'Monday choir')).toBe('Ends in 3 s · Monday choir');
    expect(tabTitle({ state: 'open' }, ending, '')).toBe('Ends in 3 s · Roundelay');
  });

  it('is plain for whoever is not in the room, or no longer', () => {
    expect(tabTitle(null, null, 'Monday choir')).toBe('Monday choir · Roundelay');
    expect(tabTitle(null, null, '')).toBe('Roundelay');
    expect(tabTitle({ state: 'left' }, ending, 'Monday choir')).toBe('Monday choir · Roundelay');
    expect(tabTitle({ state: 'ended', ending: 'elsewhere', error: null }, ending, 'Monday choir')).toBe('Monday choir · Roundelay');
  });
});
