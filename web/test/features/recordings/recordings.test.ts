import { afterEach, describe, expect, it, vi } from 'vitest';
import { en } from '../../../src/i18n/en/index.js';
import { isUnderWay, RecordingBook } from '../../../src/features/recordings/book.js';
import { signOf } from '../../../src/features/recordings/sign.js';
import { pathOf, readPeaks } from '../../../src/features/recordings/waveform.js';
import { doorWords, keptWords, leftOutWords, lossWords, singersOf, stateWords } from '../../../src/features/recordings/words.js';
import { enterRoom, nextRoom, type RoomState } from '../../../src/state/room.js';
import type { Recording } from '../../../src/wire/control/control.js';
import { person, song, welcome } from '../../samples.js';

function recording(change: Partial<Recording> = {}): Recording {
  const tracks = [{ track: 'track-1', name: 'Ann', part: 'Alto', seconds: 60 }];
  return {
    id: 'abc-1',
    title: 'Evening',
    began: 1_000,
    seconds: 61,
    state: 'ready',
    percent: 100,
    cut: false,
    missing_blocks: 0,
    tracks,
    ...change,
  };
}

describe('the recordings of which there was news', () => {
  const news = (state: RoomState, recordings: Recording[], removed: string[] = []): RoomState =>
    nextRoom(state, { type: 'recordings', recordings, removed }) as RoomState;

  it('stand with the last one first, each once, and go when they are deleted', () => {
    let state = news(enterRoom(welcome()), [recording({ state: 'rendering', percent: 3 })]);
    state = news(state, [recording({ id: 'abc-2', began: 2_000 })]);
    state = news(state, [recording({ state: 'ready' })]);
    expect(state.recordings.map(({ id, state: is }) => [id, is])).toEqual([
      ['abc-2', 'ready'],
      ['abc-1', 'ready'],
    ]);
    expect(news(state, [], ['abc-2']).recordings.map(({ id }) => id)).toEqual(['abc-1']);
  });
});

describe('the sign', () => {
  const room = (of: Parameters<typeof song>[0], policy: 'off' | 'ask' | 'always' = 'ask', out = false): RoomState => {
    const greeting = welcome({ song: song(of), you: person({ left_out: out }) });
    return enterRoom({ ...greeting, people: [person({ left_out: out })], room: { ...greeting.room, recording: policy } });
  };

  it('is there while a song is recorded, and says when one is left out', () => {
    expect(signOf(room({ recording: true }))?.tone).toBe('on');
    expect(signOf(room({ recording: true }, 'ask', true))?.words).toBe('Recording, without you');
    expect(signOf(room({}))).toBeNull();
  });

  it('announces the next song, where it will be recorded', () => {
    expect(signOf(room({ state: 'none' }))).toBeNull();
    expect(signOf(room({ state: 'none', record_next: true }))?.tone).toBe('soon');
    expect(signOf(room({ state: 'none' }, 'always'))?.tone).toBe('soon');
    expect(signOf(room({ state: 'none', record_next: true }, 'off'))).toBeNull();
  });

  it('is an alarm when the disk is full', () => {
    expect(signOf(room({ recording: true, recording_trouble: true }))?.tone).toBe('trouble');
  });
});

describe('what is said of a recording', () => {
  it('is where it is, and what is missing', () => {
    expect(stateWords(recording())).toBeNull();
    expect(stateWords(recording({ state: 'rendering', percent: 42 }))).toContain('42 %');
    expect(lossWords(recording())).toEqual([]);
    expect(lossWords(recording({ missing_blocks: 4 }))).toEqual([]);
    expect(lossWords(recording({ cut: true, missing_blocks: 75 }))).toEqual([expect.stringContaining('was cut'), expect.stringContaining('1.5 s')]);
    expect(lossWords(recording({ cut: true, state: 'recording' }))).toEqual([]);
    expect(singersOf(recording())).toBe('Ann (Alto)');
  });

  it('is how many are not on it by their own wish', () => {
    expect(leftOutWords(recording())).toBeNull();
    expect(leftOutWords(recording({ left_out: 1 }))).toMatch(/^1 more person .* left out/);
    expect(leftOutWords(recording({ left_out: 3 }))).toMatch(/^3 more people .* left out/);
  });

  it('names policy and time', () => {
    expect(doorWords('off')).toBeNull();
    expect(doorWords('always')).not.toBe(doorWords('ask'));
    expect(keptWords(0)).toContain('until');
    expect(keptWords(1)).toContain('a day');
    expect(keptWords(30)).toContain('30 days');
  });

  it('tells whether something is still being made of it', () => {
    expect([isUnderWay(recording()), isUnderWay(recording({ state: 'failed' })), isUnderWay(recording({ state: 'waiting' }))]).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe('the shape', () => {
  it('is read from a list, or from what bears one', () => {
    expect(readPeaks([0, 0.5, -0.25, 2])).toEqual([0, 0.5, 0.25, 1]);
    expect(readPeaks({ peaks: [0.1] })).toEqual([0.1]);
    for (const wrong of [null, [], ['x'], [NaN], { peaks: 'no' }]) expect(readPeaks(wrong)).toBeNull();
  });

  it('shows a peak however few columns there are, and a line where it is silent', () => {
    const list = Array.from({ length: 1_000 }, (_, i) => (i === 503 ? 0.8 : 0));
    const columns = [...pathOf(list, 10).matchAll(/(\d+) (\d\.\d+)/g)].slice(0, 20);
    const heights = columns.filter((_, i) => i % 2 === 0).map(([, , y]) => 1 - Number(y));
    expect(heights.map((height) => height > 0.9)).toEqual([false, false, false, false, false, true, false, false, false, false]);
    expect(Math.min(...heights)).toBeGreaterThan(0);
  });
});

describe('the book of recordings', () => {
  afterEach(() => vi.unstubAllGlobals());

  /** A server that gives these answers, and what it was asked. */
  function server(answers: (object | number)[]): string[] {
    const asked: string[] = [];
    vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
      asked.push(`${init.method ?? 'GET'} ${url}`);
      const answer = answers.shift() ?? 500;
      const status = typeof answer === 'number' ? answer : 200;
      const body = typeof answer === 'number' ? { error: { message: `error ${answer}` } } : answer;
      return Promise.resolve(new Response(JSON.stringify(body), { status }));
    });
    return asked;
  }
  class Clock {
    waiting: (() => void)[] = [];
    after(_: number, call: () => void): () => void {
      this.waiting.push(call);
      return () => (this.waiting = this.waiting.filter((one) => one !== call));
    }
    async turn(): Promise<void> {
      this.waiting.splice(0).forEach((call) => call());
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }
  const book = (clock: Clock): RecordingBook => new RecordingBook({ room: 'abc', token: 'secret' }, clock);
  const list = (...recordings: Recording[]): object => ({ recordings, pass: `pass ${recordings.length}`, keeps: true, recordings_days: 30 });

  it('looks again while something is being made, and not after', async () => {
    const asked = server([list(recording({ state: 'rendering', percent: 10 })), 503, list(recording())]);
    const clock = new Clock();
    const one = book(clock);
    await one.load();
    await clock.turn();
    expect(one.problem.value).toBe(en.net.theServerIsTooBusy);
    expect(one.shown.value?.recordings[0]?.percent).toBe(10);
    await clock.turn();
    expect(one.problem.value).toBeNull();
    expect(one.shown.value?.recordings[0]?.state).toBe('ready');
    expect(clock.waiting).toEqual([]);
    expect(asked).toHaveLength(3);
  });

  it('makes links that bear a pass and no token, and stay the same', async () => {
    server([list(recording()), { recordings: [], pass: 'another' }]);
    const one = book(new Clock());
    await one.load();
    const address = one.address('abc-1', 'mix.opus', true, 'ready');
    expect(address).toBe('/api/rooms/abc/recordings/abc-1/mix.opus?pass=pass+1&download=1&v=ready');
    await one.load();
    expect(one.address('abc-1', 'mix.opus', true, 'ready')).toBe(address);
  });

  it('says why something was refused, and takes it back when it succeeds', async () => {
    const asked = server([list(recording()), 403, {}, list()]);
    const one = book(new Clock());
    await one.load();
    await one.remove(recording());
    expect(one.refused.value.get('abc-1')).toBe('error 403');
    await one.remove(recording());
    expect(one.refused.value.size).toBe(0);
    expect(one.shown.value?.recordings).toEqual([]);
    expect(asked[1]).toBe('DELETE /api/rooms/abc/recordings/abc-1');
  });

  it('asks nothing more once it is closed', async () => {
    const asked = server([list(recording({ state: 'waiting' }))]);
    const clock = new Clock();
    const one = book(clock);
    await one.load();
    one.close();
    await clock.turn();
    expect(asked).toHaveLength(1);
  });
});
