// What one does in the library. Each gives back why it was not done; null: it was.
import {
  askShape,
  askSong,
  changeSong,
  deleteSong,
  logIn,
  logOut,
  register,
  retrySong,
  type LibraryAccount,
  type LibraryResult,
  type LibrarySong,
  type Newcomer,
} from '../../net/library.js';
import { forgetAccount } from '../../net/library_account.js';
import { changePassword, invite, type LibraryRole } from '../../net/library_house.js';
import { askPlaylist, askPlaylistSongs, askRating, rate, tellPlay, type Playlist, type SongRating } from '../../net/library_lists.js';
import type { Library } from './library.js';
import type { Player } from './player.js';

export async function enter(library: Library, username: string, password: string): Promise<string | null> {
  return entered(library, await logIn(username, password));
}

export async function makeAccount(library: Library, newcomer: Newcomer): Promise<string | null> {
  return entered(library, await register(newcomer));
}

function entered(library: Library, answer: LibraryResult<LibraryAccount>): string | null {
  if (!answer.ok) return answer.error;
  library.entered(answer.value);
  return null;
}

/** What is private to this account is not played or shown to whoever comes next. */
function gone(library: Library, player: Player): void {
  player.end();
  library.uploads.clear();
  library.drafts.clear();
  library.entered(null);
}

export async function leave(library: Library, player: Player): Promise<string | null> {
  const answer = await logOut();
  if (!answer.ok) return answer.error;
  gone(library, player);
  return null;
}

/** The secret of an invitation. */
export function inviteSomebody(role: LibraryRole): Promise<LibraryResult<string>> {
  return invite(role);
}

export async function renewPassword(old: string, once: string, again: string): Promise<string | null> {
  const answer = await changePassword(old, once, again);
  return answer.ok ? null : answer.error;
}

/** The account and what it brought are gone then. */
export async function forget(library: Library, player: Player, password: string): Promise<string | null> {
  const answer = await forgetAccount(password);
  if (!answer.ok) return answer.error;
  gone(library, player);
  return null;
}

export function findSong(id: number): Promise<LibraryResult<LibrarySong>> {
  return askSong(id);
}

/** Null: it is not known. */
export async function findShape(id: number, signal: AbortSignal): Promise<number[] | null> {
  const answer = await askShape(id, signal);
  return answer.ok ? answer.value : null;
}

export async function tryAgain(library: Library, player: Player, song: LibrarySong): Promise<LibraryResult<LibrarySong>> {
  return followed(library, player, await retrySong(song.id));
}

export async function change(
  library: Library,
  player: Player,
  song: LibrarySong,
  fields: Record<string, unknown>,
): Promise<LibraryResult<LibrarySong>> {
  const answer = await changeSong(song.id, fields);
  // Its page still says what was typed; elsewhere it stands no longer.
  if (!answer.ok && answer.status === 404) dropped(library, song.id);
  return followed(library, player, answer);
}

/** Those that are private are for everybody then. */
export async function shareAll(library: Library, player: Player, songs: readonly LibrarySong[]): Promise<string | null> {
  for (const song of songs.filter((one) => one.private)) {
    const answer = await change(library, player, song, { private: false });
    if (!answer.ok) return answer.error;
  }
  return null;
}

/** It is not there any more. */
function dropped(library: Library, song: number): void {
  library.songs.drop(song);
  library.lists.follow(song, null);
}

/** Whoever shows the song shows it as it is now. */
function followed(library: Library, player: Player, answer: LibraryResult<LibrarySong>): LibraryResult<LibrarySong> {
  if (answer.ok) told(library, player, answer.value);
  return answer;
}

/** What was said of it elsewhere is no longer so. */
export function told(library: Library, player: Player, song: LibrarySong): void {
  library.songs.put(song);
  library.lists.follow(song.id, song);
  library.uploads.follow(song);
  player.follow(song.id, song);
}

export async function remove(library: Library, player: Player, song: LibrarySong): Promise<string | null> {
  const answer = await deleteSong(song.id);
  if (!answer.ok && answer.status !== 404) return answer.error;
  dropped(library, song.id);
  player.follow(song.id, null);
  return null;
}

/** It could not be played: perhaps it is not there any more, then the next one is. */
export async function lookForSilent(library: Library, player: Player, song: LibrarySong): Promise<void> {
  const answer = await askSong(song.id);
  if (answer.ok || answer.status !== 404) return;
  dropped(library, song.id);
  player.lost(song);
  void library.lookWhoIsIn();
}

export function ratingOf(song: number): Promise<LibraryResult<SongRating>> {
  return askRating(song);
}

/** Null takes one's own away. */
export function giveRating(song: number, value: number | null): Promise<LibraryResult<SongRating>> {
  return rate(song, value);
}

/** For lists of what was not heard for long; nothing is said when it cannot be kept. */
export function countPlay(library: Library, song: LibrarySong): void {
  if (library.lists.favourites.value !== null) void tellPlay(song.id);
}

/** With its songs; `whole`: these are all of them. */
export async function findPlaylist(id: number): Promise<LibraryResult<{ list: Playlist; songs: LibrarySong[]; whole: boolean }>> {
  const [list, songs] = await Promise.all([askPlaylist(id), askPlaylistSongs(id)]);
  if (!list.ok) return list;
  if (!songs.ok) return songs;
  return { ok: true, value: { list: list.value, songs: songs.value.songs, whole: songs.value.songs.length === songs.value.total } };
}
