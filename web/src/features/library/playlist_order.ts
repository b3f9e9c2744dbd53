// The songs of a playlist while its owner puts them into order: shown at once, sent one change after the other. Each is made to the list as it is
// by then, so that what was done to it elsewhere stays.
import { signal, type Signal } from '@preact/signals';
import type { LibraryResult, LibrarySong } from '../../net/library.js';
import { moved } from './lists.js';

export interface SongsOfList {
  songs: readonly LibrarySong[];
  /** These are all of them. */
  whole: boolean;
}

interface Around {
  ask: () => Promise<LibraryResult<SongsOfList>>;
  send: (ids: number[]) => Promise<LibraryResult<unknown>>;
}

/** What was done to the `nth` one of the same song: moved by so many places, or (null) taken off. */
interface Change {
  song: number;
  nth: number;
  by: number | null;
}

export class PlaylistOrder {
  readonly songs: Signal<readonly LibrarySong[]>;
  readonly problem: Signal<string | null> = signal(null);
  /** It was changed elsewhere meanwhile. */
  readonly otherwise: Signal<boolean> = signal(false);
  private known: readonly number[];
  private waiting: Change[] = [];
  private busy = false;

  constructor(
    songs: readonly LibrarySong[],
    private readonly around: Around,
  ) {
    this.songs = signal(songs);
    this.known = ids(songs);
  }

  /** From the place `at` by so many places; null: off the list. */
  change(at: number, by: number | null): Promise<void> {
    const { value } = this.songs;
    const song = value[at];
    if (song === undefined) return Promise.resolve();
    const change = { song: song.id, nth: timesBefore(value, at), by };
    this.songs.value = changed(value, change);
    this.waiting.push(change);
    return this.work();
  }

  private async work(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem.value = null;
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      const why = await this.make(next);
      if (why === null) continue;
      this.problem.value = why;
      this.waiting = [];
      await this.lookAgain();
    }
    this.busy = false;
  }

  /** Why it was not done; null: it was. */
  private async make(change: Change): Promise<string | null> {
    const now = await this.around.ask();
    if (!now.ok) return now.error;
    const { songs, whole } = now.value;
    const before = ids(songs);
    if (String(before) !== String(this.known)) this.otherwise.value = true;
    const after = changed(songs, change);
    const wish = ids(after);
    // An order of some would lose the others.
    if (whole && String(wish) !== String(before)) {
      const answer = await this.around.send(wish);
      if (!answer.ok) return answer.error;
    }
    this.known = whole ? wish : before;
    if (this.waiting.length === 0) this.songs.value = whole ? after : songs;
    return null;
  }

  private async lookAgain(): Promise<void> {
    const now = await this.around.ask();
    if (!now.ok) return;
    this.songs.value = now.value.songs;
    this.known = ids(now.value.songs);
  }
}

function ids(songs: readonly LibrarySong[]): number[] {
  return songs.map(({ id }) => id);
}

/** So often the song at `at` stands before it: the same one may come twice. */
export function timesBefore(songs: readonly LibrarySong[], at: number): number {
  return songs.slice(0, at).filter(({ id }) => id === songs[at]?.id).length;
}

function changed(songs: readonly LibrarySong[], { song, nth, by }: Change): readonly LibrarySong[] {
  const at = songs.findIndex(({ id }, i) => id === song && timesBefore(songs, i) === nth);
  if (at < 0) return songs;
  if (by === null) return songs.filter((_, i) => i !== at);
  return moved(songs, at, Math.min(songs.length - 1, Math.max(0, at + by)));
}
