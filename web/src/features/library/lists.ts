// One's favourites and the playlists that one sees. Null: this server keeps none, or one is not logged in, or they have not come yet.
import { signal, type Signal } from '@preact/signals';
import {
  askFavourites,
  askPlaylists,
  askPlaylistSongs,
  changePlaylist,
  deletePlaylist,
  makePlaylist,
  setFavourite,
  type Playlist,
  type PlaylistWish,
} from '../../net/library_lists.js';
import type { LibraryAccount, LibraryResult, LibrarySong } from '../../net/library.js';

/** What came of putting songs on a playlist. */
export interface PutOnList {
  list: number;
  name: string;
  put: number;
  /** These are on it already, and were left out. */
  there: readonly number[];
}

export class Lists {
  readonly favourites: Signal<readonly LibrarySong[] | null> = signal(null);
  readonly playlists: Signal<readonly Playlist[] | null> = signal(null);
  /** The playlist that songs are put on: of several songs, one after the other, it is mostly the same. Null: none was chosen. */
  readonly chosen: Signal<number | null> = signal(null);
  private asked = 0;
  /** Whoever puts songs on a playlist waits for it. */
  private lastPut: Promise<unknown> = Promise.resolve();

  async load(account: LibraryAccount | null): Promise<void> {
    this.asked += 1;
    const { asked } = this;
    this.favourites.value = null;
    const [playlists, favourites] = await Promise.all([askPlaylists(), account === null ? null : askFavourites()]);
    if (asked !== this.asked) return;
    this.playlists.value = playlists.ok ? playlists.value : null;
    this.favourites.value = favourites?.ok ? favourites.value : null;
  }

  isFavourite(song: number): boolean {
    return this.favourites.value?.some(({ id }) => id === song) ?? false;
  }

  /** Why it was not done; null: it was. */
  async favour(song: LibrarySong, is: boolean): Promise<string | null> {
    const answer = await setFavourite(song.id, is);
    if (!answer.ok) return answer.error;
    const others = (this.favourites.value ?? []).filter(({ id }) => id !== song.id);
    this.favourites.value = is ? [song, ...others] : others;
    return null;
  }

  async make(wish: PlaylistWish): Promise<LibraryResult<Playlist>> {
    const answer = await makePlaylist(wish);
    if (answer.ok) this.playlists.value = [...(this.playlists.value ?? []), answer.value];
    return answer;
  }

  async change(id: number, wish: PlaylistWish): Promise<LibraryResult<Playlist>> {
    const answer = await changePlaylist(id, wish);
    if (answer.ok) this.playlists.value = this.playlists.value?.map((one) => (one.id === id ? answer.value : one)) ?? null;
    return answer;
  }

  /** Behind the others; what is on it already is not put there once more. */
  put(list: number, songs: readonly number[]): Promise<LibraryResult<PutOnList>> {
    const put = this.lastPut.then(() => this.putMissing(list, songs));
    this.lastPut = put;
    return put;
  }

  private async putMissing(list: number, songs: readonly number[]): Promise<LibraryResult<PutOnList>> {
    const now = await askPlaylistSongs(list);
    if (!now.ok) return now;
    const on = new Set(now.value.songs.map(({ id }) => id));
    const there = songs.filter((id) => on.has(id));
    if (there.length < songs.length)
      return this.putAnyway(
        list,
        songs.filter((id) => !on.has(id)),
        there,
      );
    const name = this.playlists.value?.find(({ id }) => id === list)?.name ?? '';
    return { ok: true, value: { list, name, put: 0, there } };
  }

  /** Also what is on it already. */
  async putAnyway(list: number, songs: readonly number[], there: readonly number[] = []): Promise<LibraryResult<PutOnList>> {
    const answer = await this.change(list, { add: [...songs] });
    return answer.ok ? { ok: true, value: { list, name: answer.value.name, put: songs.length, there } } : answer;
  }

  async remove(id: number): Promise<string | null> {
    const answer = await deletePlaylist(id);
    if (!answer.ok && answer.status !== 404) return answer.error;
    this.playlists.value = this.playlists.value?.filter((one) => one.id !== id) ?? null;
    return null;
  }

  /** A song was changed; null: it is no longer there. */
  follow(id: number, song: LibrarySong | null): void {
    const { value } = this.favourites;
    if (value !== null) this.favourites.value = value.flatMap((one) => (one.id !== id ? [one] : song ? [song] : []));
  }
}

/** One's own, to which songs can be added by hand. */
export function ownPlaylists(playlists: readonly Playlist[] | null, account: LibraryAccount | null): Playlist[] {
  return playlists?.filter(({ owner_id: owner, rule }) => owner === account?.id && rule === null) ?? [];
}

/** `songs` with the one at `from` moved to `to`. */
export function moved<T>(songs: readonly T[], from: number, to: number): T[] {
  const out = [...songs];
  out.splice(to, 0, ...out.splice(from, 1));
  return out;
}
