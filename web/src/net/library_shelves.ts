// Artists and albums of the song library, and their songs.
import * as v from 'valibot';
import { flag, integer, number, text } from '../wire/control/fields.js';
import { askData, librarySong, type LibraryResult, type LibrarySong } from './library.js';

export const libraryArtist = v.object({ id: integer(1), name: text, albums: integer(0), songs: integer(0) });
export type LibraryArtist = v.InferOutput<typeof libraryArtist>;

export const libraryAlbum = v.object({
  id: integer(1),
  title: text,
  artist_id: v.nullish(integer(1), null),
  artist: v.nullish(text, null),
  year: v.nullish(number, null),
  /** Its picture; null: there is none. */
  cover: v.nullish(text, null),
  /** Somebody brought it. */
  own_cover: v.nullish(flag, false),
  songs: integer(0),
  length_ms: v.nullish(number, null),
});
export type LibraryAlbum = v.InferOutput<typeof libraryAlbum>;

const artists = v.object({ artists: v.array(libraryArtist), total: integer(0) });
const albums = v.object({ albums: v.array(libraryAlbum), total: integer(0) });
const songs = v.object({ songs: v.array(librarySong), total: integer(0) });
const oneArtist = v.object({ artist: libraryArtist });
const oneAlbum = v.object({ album: libraryAlbum });
const words = v.object({ words: text });

/** At once. */
const ROWS = 100;

/** A part of a list; `total`: so many there are in all. */
export interface ShelfPart<Row> {
  rows: Row[];
  total: number;
}

function page(from: number, more: Record<string, string>): string {
  return new URLSearchParams({ offset: String(from), limit: String(ROWS), ...more }).toString();
}

function startingWith(letters: string): Record<string, string> {
  return letters === '' ? {} : { starting_with: letters };
}

export async function askArtists(from: number, letters = ''): Promise<LibraryResult<ShelfPart<LibraryArtist>>> {
  const answer = await askData(`/artists?${page(from, startingWith(letters))}`, artists);
  return answer.ok ? { ok: true, value: { rows: answer.value.artists, total: answer.value.total } } : answer;
}

/** Of one artist; null: of all. */
export async function askAlbums(from: number, artist: number | null, letters = ''): Promise<LibraryResult<ShelfPart<LibraryAlbum>>> {
  const of = artist === null ? {} : { artist: String(artist) };
  const answer = await askData(`/albums?${page(from, { ...of, ...startingWith(letters) })}`, albums);
  return answer.ok ? { ok: true, value: { rows: answer.value.albums, total: answer.value.total } } : answer;
}

/** In the order of the albums. */
export async function askSongsOf(of: 'artist' | 'album', id: number, from: number): Promise<LibraryResult<ShelfPart<LibrarySong>>> {
  const answer = await askData(`/songs?${page(from, { [of]: String(id), order: 'album' })}`, songs);
  return answer.ok ? { ok: true, value: { rows: answer.value.songs, total: answer.value.total } } : answer;
}

export async function askArtist(id: number): Promise<LibraryResult<LibraryArtist>> {
  const answer = await askData(`/artists/${id}`, oneArtist);
  return answer.ok ? { ok: true, value: answer.value.artist } : answer;
}

export async function askAlbum(id: number): Promise<LibraryResult<LibraryAlbum>> {
  const answer = await askData(`/albums/${id}`, oneAlbum);
  return answer.ok ? { ok: true, value: answer.value.album } : answer;
}

/** Plain, LRC or ChordPro; empty: it has none. */
export async function askWords(song: number): Promise<LibraryResult<string>> {
  const answer = await askData(`/songs/${song}/words`, words);
  return answer.ok ? { ok: true, value: answer.value.words } : answer;
}
