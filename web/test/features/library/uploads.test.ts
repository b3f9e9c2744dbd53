import { describe, expect, it } from 'vitest';
import { Uploads, type UploadsAround } from '../../../src/features/library/uploads.js';
import type { LibraryResult, LibrarySong } from '../../../src/net/library.js';
import { songNamed } from './samples.js';

/** A server whose answers wait until they are let go, and a clock that stands still until it is told. */
class World {
  readonly sent: { name: string; progress: (share: number) => void; answer: (answer: LibraryResult<LibrarySong>) => void }[] = [];
  readonly waits: number[] = [];
  held = false;
  private call: (() => void) | null = null;

  readonly around: UploadsAround = {
    send: (file, progress) => {
      let answer: (answer: LibraryResult<LibrarySong>) => void = () => undefined;
      const done = new Promise<LibraryResult<LibrarySong>>((resolve) => (answer = resolve));
      this.sent.push({ name: file.name, progress, answer });
      return { done, cancel: () => answer({ ok: false, error: 'Stopped.', status: 0 }) };
    },
    later: (ms, call) => {
      this.waits.push(ms);
      this.call = call;
      return () => (this.call = null);
    },
    hold: (on) => (this.held = on),
  };

  async came(id: number): Promise<void> {
    this.sent.at(-1)?.answer({ ok: true, value: songNamed(`Song ${id}`, { id }) });
    await settled();
  }

  async refused(status: number, error = 'No.'): Promise<void> {
    this.sent.at(-1)?.answer({ ok: false, error, status });
    await settled();
  }

  async waited(): Promise<void> {
    this.call?.();
    await settled();
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
const file = (name: string): File => new File(['sound'], name);
const states = (uploads: Uploads): string[] => uploads.files.value.map(({ file: { name }, state }) => `${name} ${state}`);
const names = (world: World): string[] => world.sent.map(({ name }) => name);

describe('files that go into the library', () => {
  it('are not sent where they are empty, which is said of them, and the others go', async () => {
    const world = new World();
    const uploads = new Uploads(world.around);
    uploads.add([new File([], 'nothing.mp3'), file('a.mp3')]);
    await world.came(1);
    expect([states(uploads), names(world)]).toEqual([['nothing.mp3 refused', 'a.mp3 there'], ['a.mp3']]);
    expect(uploads.files.value[0]?.problem).toContain('The file is empty.');
    // Another try would not help.
    expect(uploads.again.value).toBe(0);
  });

  it('are sent one after the other, and whoever leaves meanwhile is asked', async () => {
    const world = new World();
    const uploads = new Uploads(world.around);
    const songs: number[] = [];
    uploads.onSong = ({ id }) => songs.push(id);
    uploads.add([file('a.mp3'), file('b.mp3')]);
    world.sent[0]?.progress(0.4);
    expect([states(uploads), uploads.files.value[0]?.share, world.held]).toEqual([['a.mp3 sending', 'b.mp3 waiting'], 0.4, true]);
    await world.came(1);
    await world.came(2);
    expect([states(uploads), songs, world.held]).toEqual([['a.mp3 there', 'b.mp3 there'], [1, 2], false]);
    uploads.follow(songNamed('Song one', { id: 1 }));
    expect(uploads.files.value.map(({ song, known }) => [song?.title, known])).toEqual([
      ['Song one', true],
      ['Song 2', true],
    ]);
    uploads.add([file('c.mp3')]);
    expect(states(uploads)).toEqual(['c.mp3 sending']);
  });

  it('are sent again when the line is whole, without anybody choosing them anew', async () => {
    const world = new World();
    const uploads = new Uploads(world.around);
    uploads.add([file('a.mp3'), file('b.mp3')]);
    await world.refused(0);
    expect([states(uploads), world.held]).toEqual([['a.mp3 broken', 'b.mp3 waiting'], true]);
    await world.waited();
    await world.refused(503);
    expect(world.waits).toEqual([1_000, 2_000]);
    await world.waited();
    await world.came(1);
    expect([states(uploads), names(world)]).toEqual([
      ['a.mp3 there', 'b.mp3 sending'],
      ['a.mp3', 'a.mp3', 'a.mp3', 'b.mp3'],
    ]);
  });

  it('are given up after five minutes, and then sent again when somebody wants it', async () => {
    const world = new World();
    const uploads = new Uploads(world.around);
    uploads.add([file('a.mp3'), file('b.mp3')]);
    await world.refused(0);
    while (states(uploads)[0] === 'a.mp3 broken') {
      await world.waited();
      await world.refused(0);
    }
    expect(world.waits.reduce((sum, ms) => sum + ms)).toBeGreaterThanOrEqual(300_000);
    expect([states(uploads), uploads.again.value, world.held]).toEqual([['a.mp3 refused', 'b.mp3 refused'], 2, false]);
    expect(uploads.files.value[0]?.problem).toContain('five minutes');
    uploads.tryAgain();
    await world.came(1);
    await world.came(2);
    expect(states(uploads)).toEqual(['a.mp3 there', 'b.mp3 there']);
  });

  it('do not keep others back when one is refused', async () => {
    const world = new World();
    const uploads = new Uploads(world.around);
    uploads.add([file('notes.pdf'), file('b.mp3')]);
    await world.refused(422, 'This is no sound.');
    await world.came(2);
    expect(states(uploads)).toEqual(['notes.pdf refused', 'b.mp3 there']);
    uploads.leaveOut(uploads.files.value[0]?.key ?? 0);
    expect(states(uploads)).toEqual(['b.mp3 there']);
  });

  it.each([400, 403, 409, 413, 415, 422])(
    'that were refused for what they are (%i) are not offered once more, nor sent with the others',
    async (status) => {
      const world = new World();
      const uploads = new Uploads(world.around);
      uploads.add([file('notes.pdf'), file('b.mp3')]);
      await world.refused(status);
      await world.refused(507);
      expect([states(uploads), uploads.again.value]).toEqual([['notes.pdf refused', 'b.mp3 refused'], 1]);
      uploads.tryAgain();
      await world.came(2);
      expect([states(uploads), uploads.again.value, names(world)]).toEqual([
        ['notes.pdf refused', 'b.mp3 there'],
        0,
        ['notes.pdf', 'b.mp3', 'b.mp3'],
      ]);
    },
  );

  it.each([401, 408, 429, 507])('may be sent again after %i', async (status) => {
    const world = new World();
    const uploads = new Uploads(world.around);
    uploads.add([file('a.mp3')]);
    await world.refused(status);
    expect(uploads.again.value).toBe(1);
    uploads.tryAgain();
    await world.came(1);
    expect(states(uploads)).toEqual(['a.mp3 there']);
  });

  it('wait all together for who has to log in first', async () => {
    const world = new World();
    const uploads = new Uploads(world.around);
    uploads.add([file('a.mp3'), file('b.mp3')]);
    await world.refused(401, 'Please log in.');
    expect([states(uploads), names(world), uploads.again.value]).toEqual([['a.mp3 refused', 'b.mp3 refused'], ['a.mp3'], 2]);
  });

  it('are stopped when they are left out, and all when somebody else is here', async () => {
    const world = new World();
    const uploads = new Uploads(world.around);
    uploads.add([file('a.mp3'), file('b.mp3'), file('c.mp3')]);
    uploads.leaveOut(uploads.files.value[0]?.key ?? 0);
    await settled();
    expect([states(uploads), names(world)]).toEqual([
      ['b.mp3 sending', 'c.mp3 waiting'],
      ['a.mp3', 'b.mp3'],
    ]);
    await world.refused(0);
    uploads.leaveOut(uploads.files.value[0]?.key ?? 0);
    await settled();
    expect(states(uploads)).toEqual(['c.mp3 sending']);
    uploads.clear();
    await settled();
    expect([states(uploads), names(world).length, world.held]).toEqual([[], 3, false]);
  });
});
