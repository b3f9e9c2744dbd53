// The song library as somebody sees it who is there: how one comes in, who one is, and which songs there are.
import { signal, type Signal } from '@preact/signals';
import { askAccount, askLibrary, askWho, type LibraryAccount, type LibraryRules, type LibrarySong } from '../../net/library.js';
import { Arrivals } from './arrivals.js';
import { Drafts } from './drafts.js';
import { Lists } from './lists.js';
import type { KeptSongs } from './kept_songs.js';
import { SongBook } from './songs.js';
import { songUploads } from './uploads.js';

/** nowhere: this server has none. */
export type LibraryState = 'asking' | 'here' | 'nowhere' | 'silent';

export class Library {
  readonly state: Signal<LibraryState> = signal('asking');
  /** Why it is silent. */
  readonly problem: Signal<string> = signal('');
  readonly rules: Signal<LibraryRules> = signal({ registration: 'closed', anonymous_uploads: false, account_mb: 0, all_mb: 0 });
  /** Null: one is not logged in. */
  readonly account: Signal<LibraryAccount | null> = signal(null);
  readonly songs = new SongBook();
  readonly arrivals = new Arrivals();
  readonly uploads = songUploads;
  /** The song of which something became known by itself. */
  readonly fresh: Signal<LibrarySong | null> = signal(null);
  readonly lists = new Lists();
  readonly drafts = new Drafts();
  /** She was logged in and is so no longer, without having wished it here: what ended. */
  readonly ended: Signal<'login' | 'account' | null> = signal(null);

  /** `kept`: what was looked for when this was left. */
  async open(kept: KeptSongs | null = null): Promise<void> {
    this.uploads.onSong = (song) => {
      this.songs.put(song);
      this.arrivals.watch(song);
    };
    this.state.value = 'asking';
    const rules = await askLibrary();
    if (!rules.ok) {
      this.problem.value = rules.error;
      this.state.value = rules.status === 404 ? 'nowhere' : 'silent';
      return;
    }
    this.rules.value = rules.value;
    const account = await askAccount();
    if (account.ok) this.account.value = account.value;
    this.drafts.entered(this.account.value?.id ?? null);
    this.state.value = 'here';
    await Promise.all([this.songs.loadAgain(kept), this.lists.load(this.account.value)]);
  }

  /** Logged in or out elsewhere, in another tab perhaps: what is shown follows. */
  async lookWhoIsIn(): Promise<void> {
    if (this.state.value !== 'here') return;
    const who = await askWho();
    const before = this.account.value;
    if (!who.ok || who.value.account?.id === before?.id) return;
    this.entered(who.value.account);
    if (before !== null && who.value.account === null) this.ended.value = who.value.account_gone ? 'account' : 'login';
  }

  close(): void {
    this.songs.close();
    this.arrivals.close();
    this.uploads.onSong = () => undefined;
  }

  /** Somebody else sees other songs. */
  entered(account: LibraryAccount | null): void {
    const before = this.account.value;
    if (before !== null && account !== null && before.id !== account.id) this.uploads.clear();
    this.drafts.entered(account?.id ?? null);
    this.ended.value = null;
    this.account.value = account;
    void this.songs.load();
    void this.lists.load(account);
  }
}

let asked: Promise<boolean> | null = null;

/** Whether this server has a library; it is asked once. */
export function hasLibrary(): Promise<boolean> {
  asked ??= askLibrary().then((answer) => answer.ok);
  return asked;
}

/** One's own, or any as a curator. */
export function mayChange(account: LibraryAccount | null, song: LibrarySong): boolean {
  return account !== null && (account.role !== 'member' || song.uploader_id === account.id);
}

/** Curators and admins. */
export function tendsAlbums(account: LibraryAccount | null): boolean {
  return account !== null && account.role !== 'member';
}

export function mayUpload(account: LibraryAccount | null, rules: LibraryRules): boolean {
  return account !== null || rules.anonymous_uploads;
}

export const LIBRARY_PATH = '/library';
export const FAVOURITES_PATH = '/library/favourites';
export const ARTISTS_PATH = '/library/artists';
export const ALBUMS_PATH = '/library/albums';
export const HOUSE_PATH = '/library/settings';
export const RECOMMENDED_PATH = '/library/recommended';
export const DUPLICATES_PATH = '/library/duplicates';
export const ACCOUNT_PATH = '/library/account';
export const API_PATH = '/library/api';

export function songPath(id: number): string {
  return `/library/songs/${id}`;
}

export function artistPath(id: number): string {
  return `/library/artists/${id}`;
}

export function albumPath(id: number): string {
  return `/library/albums/${id}`;
}

export function playlistPath(id: number): string {
  return `/library/playlists/${id}`;
}

/** What the page's own address brings for who was invited; empty: nothing. */
export function invitationIn(hash: string): string {
  return new URLSearchParams(hash.slice(1)).get('invitation') ?? '';
}
