import { describe, expect, it } from 'vitest';
import { folded, isMeant, SongBook, TYPED_MS, type Around } from '../../../src/features/library/songs.js';
import { readKeptSongs } from '../../../src/features/library/kept_songs.js';
import { NO_FILTER } from '../../../src/features/library/song_filter.js';
import type { LibraryResult, LibrarySong, LibrarySongs, SongsPart } from '../../../src/net/library.js';
import { songNamed } from './samples.js';

/** A server whose answers wait until they are let go, and a clock that stands still until it is told. */
class World implements Around {
  readonly asked: { from: number; limit: number; signal: AbortSignal; answer: (answer: LibraryResult<LibrarySongs>) => void }[] = [];
  private timers: { ms: number; call: () => void }[] = [];

  songs({ from, limit }: SongsPart, _: Record<string, string>, signal: AbortSignal): Promise<LibraryResult<LibrarySongs>> {
    return new Promise((resolve) => this.asked.push({ from, limit, signal, answer: resolve }));
  }

  /** As a server does that does not search. */
  search: Around['search'] = () => Promise.resolve({ ok: false, error: 'There is nothing at this address.', status: 404 });

  later(ms: number, call: () => void): () => void {
    const timer = { ms, call };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((one) => one !== timer);
    };
  }

  pass(ms: number): void {
    this.timers.forEach((one) => (one.ms -= ms));
    const due = this.timers.filter((one) => one.ms <= 0);
    this.timers = this.timers.filter((one) => one.ms > 0);
    due.forEach(({ call }) => call());
  }

  /** Lets the latest question be answered, and what follows from it happen. */
  async answer(songs: readonly LibrarySong[], next: number | null = null): Promise<void> {
    this.asked.at(-1)?.answer({ ok: true, value: { songs: [...songs], next, total: 3_000 } });
    await settled();
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
const titles = (book: SongBook): string[] => book.shown.value?.map(({ title }) => title) ?? [];
const many = (count: number, from: number): LibrarySong[] => Array.from({ length: count }, (_, i) => songNamed(`Song ${from + i}`, { id: from + i }));

const bookIn = (world: World): SongBook =>
  new SongBook({ songs: world.songs.bind(world), search: (...asked) => world.search(...asked), later: world.later.bind(world) });

describe('what is typed', () => {
  it('means songs by any of their words, in any order, without accents and capitals', () => {
    const song = songNamed('Noël nouvelet', { artist: 'Chœur d’été', album: null });
    for (const typed of ['', 'noel', 'NOUV', 'nouvelet noël', 'ete noel']) expect(isMeant(song, typed), typed).toBe(true);
    for (const typed of ['noela', 'null', 'noel xyz']) expect(isMeant(song, typed), typed).toBe(false);
    expect(folded('Ｆｉｎｅ Ё')).toBe('fine е');
  });
});

describe('the list of songs', () => {
  it('comes part by part, no song twice', async () => {
    const world = new World();
    const book = bookIn(world);
    void book.load();
    expect([book.shown.value, book.looking.value, world.asked[0]?.from]).toEqual([null, true, 0]);
    await world.answer(many(100, 1), 100);
    expect([titles(book).length, book.more.value, book.looking.value]).toEqual([100, true, false]);
    void book.goOn();
    expect(world.asked[1]?.from).toBe(100);
    await world.answer(many(5, 100));
    expect([titles(book).length, book.more.value]).toEqual([104, false]);
  });

  it('begins with fewer while somebody types, and goes on as ever', async () => {
    const world = new World();
    world.search = (_, part, wishes, signal) => world.songs(part, wishes, signal);
    const book = bookIn(world);
    book.search('lov');
    world.pass(TYPED_MS);
    await world.answer(many(30, 1), 30);
    expect(titles(book).length).toBe(30);
    void book.goOn();
    await world.answer(many(100, 31), 130);
    expect(world.asked.map(({ from, limit }) => [from, limit])).toEqual([
      [0, 30],
      [30, 100],
    ]);
    expect(titles(book).length).toBe(130);
  });

  it('comes in larger parts the farther down one is, and is there as far as it was when one comes back', async () => {
    const world = new World();
    const book = bookIn(world);
    void book.load();
    await world.answer(many(100, 1), 100);
    void book.goOn();
    await world.answer(many(100, 101), 200);
    void book.goOn();
    expect(world.asked.map(({ from, limit }) => [from, limit])).toEqual([
      [0, 100],
      [100, 100],
      [200, 200],
    ]);
    const again = new World();
    const back = bookIn(again);
    void back.loadAgain(readKeptSongs({ typed: '', filter: { genre: 'Folk' }, shown: 600 }));
    await again.answer(many(500, 1), 500);
    await again.answer(many(100, 501), 600);
    expect([again.asked.map(({ from, limit }) => [from, limit]), titles(back).length, back.filter.value.genre, back.total.value]).toEqual([
      [
        [0, 500],
        [500, 100],
      ],
      600,
      'Folk',
      3_000,
    ]);
  });

  it('is asked for anew only where something else was left', async () => {
    const world = new World();
    const book = bookIn(world);
    void book.load();
    await world.answer(many(100, 1), 100);
    book.return(null);
    book.return(readKeptSongs({ typed: '', shown: 100 }));
    expect(world.asked).toHaveLength(1);
    book.return(readKeptSongs({ typed: '', filter: { genre: 'Folk' }, shown: 20 }));
    await world.answer(many(20, 1));
    expect([world.asked.length, book.filter.value.genre]).toEqual([2, 'Folk']);
    // There are fewer by now.
    book.return(readKeptSongs({ typed: '', filter: { genre: 'Folk' }, shown: 50 }));
    expect(world.asked).toHaveLength(2);
  });

  it('is as it is at first where nothing sensible was kept', () => {
    for (const value of [undefined, null, 'songs', { typed: 7 }, { typed: '', shown: -1 }, { filter: { order: 'colour' } }])
      expect(readKeptSongs(value)).toBeNull();
    expect(readKeptSongs({ typed: 'dona' })).toMatchObject({ typed: 'dona', shown: 0, filter: NO_FILTER });
  });

  it('is searched when the typing rests, once, and the search before is ended', async () => {
    const world = new World();
    const book = bookIn(world);
    book.search('d');
    world.pass(TYPED_MS - 1);
    book.search('do');
    world.pass(TYPED_MS - 1);
    expect(world.asked).toHaveLength(0);
    world.pass(1);
    await settled();
    expect(world.asked).toHaveLength(1);
    book.search('dona');
    expect([world.asked[0]?.signal.aborted, book.looking.value]).toEqual([true, false]);
    world.pass(TYPED_MS);
    // The late answer of the first search changes nothing.
    world.asked[0]?.answer({ ok: true, value: { songs: [songNamed('Do re mi')], next: null, total: 1 } });
    await settled();
    expect(book.shown.value).toBeNull();
    await settled();
    await world.answer([songNamed('Dona nobis', { id: 2 }), songNamed('Panis', { id: 3 })]);
    expect(titles(book)).toEqual(['Dona nobis']);
  });

  it('goes on asking until there is something to show', async () => {
    const world = new World();
    const book = bookIn(world);
    book.search('needle');
    world.pass(TYPED_MS);
    await settled();
    await world.answer(many(100, 1), 100);
    expect([titles(book), book.looking.value]).toEqual([[], true]);
    await world.answer([songNamed('The needle', { id: 101 })]);
    expect([titles(book), book.looking.value, world.asked.length]).toEqual([['The needle'], false, 2]);
  });

  it('has what the server finds, also where it is written otherwise, and goes on behind it', async () => {
    const world = new World();
    const places: number[] = [];
    world.search = (_, { from }) => {
      places.push(from);
      const songs = from === 0 ? many(100, 1) : [songNamed('Dona', { id: 101 })];
      return Promise.resolve({ ok: true, value: { songs, next: from === 0 ? 100 : null, total: 101 } });
    };
    const book = bookIn(world);
    book.search(' dnoa ');
    world.pass(TYPED_MS);
    await settled();
    expect([titles(book).length, book.more.value]).toEqual([100, true]);
    await book.goOn();
    expect([titles(book).at(-1), book.more.value, places, world.asked]).toEqual(['Dona', false, [0, 100], []]);
  });

  it('says why there is nothing, and tries again', async () => {
    const world = new World();
    const book = bookIn(world);
    void book.load();
    world.asked[0]?.answer({ ok: false, error: 'Too busy.', status: 503 });
    await settled();
    expect([book.problem.value, book.looking.value]).toEqual(['Too busy.', false]);
    void book.load();
    await world.answer([songNamed('Dona')]);
    expect([book.problem.value, titles(book)]).toEqual([null, ['Dona']]);
  });

  it('shows new songs first, changed ones in their place, deleted ones no longer', async () => {
    const world = new World();
    const book = bookIn(world);
    void book.load();
    await world.answer([songNamed('A', { id: 1 }), songNamed('B', { id: 2 })]);
    book.put(songNamed('C', { id: 3 }));
    book.put(songNamed('Bee', { id: 2 }));
    expect(titles(book)).toEqual(['C', 'A', 'Bee']);
    book.drop(1);
    expect(titles(book)).toEqual(['C', 'Bee']);
  });
});
