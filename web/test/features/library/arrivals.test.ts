import { describe, expect, it } from 'vitest';
import { Arrivals, isNew, LOOKS_MS } from '../../../src/features/library/arrivals.js';
import type { LibraryResult, LibrarySong } from '../../../src/net/library.js';
import { songNamed } from './samples.js';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** A clock that runs when it is told, and a server that says what it is told. */
function world(first: LibrarySong): {
  arrivals: Arrivals;
  told: (string | null)[];
  waits: () => number[];
  pass: () => Promise<void>;
  say: (answer: LibraryResult<LibrarySong>) => void;
} {
  let answer: LibraryResult<LibrarySong> = { ok: true, value: first };
  let timers: { ms: number; call: () => void }[] = [];
  const told: (string | null)[] = [];
  const arrivals = new Arrivals({
    ask: () => Promise.resolve(answer),
    later(ms, call) {
      const timer = { ms, call };
      timers.push(timer);
      return () => (timers = timers.filter((one) => one !== timer));
    },
  });
  arrivals.onChange = ({ cover }) => told.push(cover);
  const pass = async (): Promise<void> => {
    const due = timers;
    timers = [];
    due.forEach(({ call }) => call());
    await settled();
  };
  return { arrivals, told, waits: () => timers.map(({ ms }) => ms), pass, say: (next) => (answer = next) };
}

describe('a song that has just come', () => {
  const song = songNamed('Dona', { length_ms: null });

  it('is looked at until its picture is there', async () => {
    const { arrivals, told, waits, pass, say } = world(song);
    arrivals.watch(song);
    arrivals.watch(song);
    expect(waits()).toEqual([LOOKS_MS[0]]);
    await pass();
    expect([told, waits()]).toEqual([[], [LOOKS_MS[1]]]);
    say({ ok: false, error: 'Away.', status: 0 });
    await pass();
    say({ ok: true, value: { ...song, length_ms: 61_000 } });
    await pass();
    expect(told).toEqual([null]);
    say({ ok: true, value: { ...song, length_ms: 61_000, cover: 'c1' } });
    await pass();
    expect([told, waits()]).toEqual([[null, 'c1'], []]);
  });

  it('is left alone when it has none, was deleted, or nobody looks any more', async () => {
    const { arrivals, told, waits, pass, say } = world(song);
    arrivals.watch(song);
    for (const ms of LOOKS_MS) {
      expect(waits()).toEqual([ms]);
      await pass();
    }
    expect(waits()).toEqual([]);
    arrivals.watch(song);
    say({ ok: false, error: 'Gone.', status: 404 });
    await pass();
    arrivals.watch(song);
    arrivals.close();
    expect([told, waits()]).toEqual([[], []]);
    arrivals.watch(songNamed('Without a file', { hash: null }));
    arrivals.watch(songNamed('Known', { cover: 'c', length_ms: 1 }));
    expect(waits()).toEqual([]);
  });

  it('is new for a while', () => {
    const at = { ...song, created: 1_000 };
    expect([isNew(at, 1_010_000), isNew(at, 1_300_000)]).toEqual([true, false]);
  });
});
