// What people do with songs of the library: favourites, ratings, playlists, and what was heard.
import * as v from 'valibot';
import { said } from '../i18n/server.js';
import { flag, integer, number, text, toldFields } from '../wire/control/fields.js';
import { askData, librarySong, type LibraryResult, type LibrarySong } from './library.js';

export const MOST_STARS = 10;

export const RULE_ORDERS = ['title', 'newest', 'rating', 'plays', 'length'] as const;
export type RuleOrder = (typeof RULE_ORDERS)[number];

/** Which songs are on a playlist: all of the rules, or any of them; each has one member, as {"genre_is": "Gospel"}. */
export const playlistRule = v.object({
  match: v.optional(v.picklist(['all', 'any']), 'all'),
  rules: v.array(v.record(v.string(), v.union([text, number, flag]))),
  order: v.optional(v.picklist(RULE_ORDERS), 'title'),
  most: v.optional(integer(1), 100),
});
export type PlaylistRule = v.InferOutput<typeof playlistRule>;

export const playlist = v.object({
  id: integer(1),
  name: text,
  /** What its owner says of it. */
  comment: v.optional(text, ''),
  owner_id: integer(1),
  /** Her name. */
  owner: text,
  private: flag,
  /** Not null: its songs follow from a rule. */
  rule: v.nullish(playlistRule, null),
});
export type Playlist = v.InferOutput<typeof playlist>;

/** `rating`: the average; `own_rating`: what one gave oneself. Null: none. */
export const songRating = v.object({ rating: v.nullable(number), rating_count: integer(0), own_rating: v.nullable(integer(1, MOST_STARS)) });
export type SongRating = v.InferOutput<typeof songRating>;

const songsOfList = v.object({ songs: v.array(librarySong), total: integer(0) });
const onePlaylist = v.object({ playlist });
const playlists = v.object({ playlists: v.array(playlist) });

const recommended = v.object({ recommendations: v.array(v.object({ song: librarySong, reason: v.object({ message: text, ...toldFields }) })) });

/** As many as the server gives at once. */
const AT_ONCE = 500;

async function only<T, Part>(answer: Promise<LibraryResult<T>>, part: (value: T) => Part): Promise<LibraryResult<Part>> {
  const got = await answer;
  return got.ok ? { ok: true, value: part(got.value) } : got;
}

interface SongsOfList {
  songs: LibrarySong[];
  /** So many there are; fewer come where one does not see all of them now. */
  total: number;
}

/** However many there are. */
export async function inParts(ask: (from: number, atOnce: number) => Promise<LibraryResult<SongsOfList>>): Promise<LibraryResult<SongsOfList>> {
  const out: SongsOfList = { songs: [], total: 0 };
  let from = 0;
  do {
    const part = await ask(from, AT_ONCE);
    if (!part.ok) return part;
    out.songs.push(...part.value.songs);
    out.total = part.value.total;
    from += AT_ONCE;
  } while (from < out.total);
  return { ok: true, value: out };
}

/** All of them, the newest first. */
export function askFavourites(): Promise<LibraryResult<LibrarySong[]>> {
  const all = inParts((from, atOnce) => askData(`/favourites?limit=${atOnce}&offset=${from}`, songsOfList));
  return only(all, (value) => value.songs);
}

/** With the reason, in the language of the page. */
export interface Recommended {
  song: LibrarySong;
  why: string;
}

/** The best first. */
export function askRecommended(): Promise<LibraryResult<Recommended[]>> {
  return only(askData('/recommendations', recommended), (value) =>
    value.recommendations.map(({ song, reason }) => ({ song, why: said(reason.message, reason) })),
  );
}

export function setFavourite(song: number, is: boolean): Promise<LibraryResult<unknown>> {
  return askData(`/songs/${song}/favourite`, v.unknown(), { method: is ? 'PUT' : 'DELETE' });
}

export function askRating(song: number): Promise<LibraryResult<SongRating>> {
  return askData(`/songs/${song}/rating`, songRating);
}

/** Null takes one's own away. */
export function rate(song: number, rating: number | null): Promise<LibraryResult<SongRating>> {
  return askData(`/songs/${song}/rating`, songRating, rating === null ? { method: 'DELETE' } : { method: 'PUT', body: { rating } });
}

export function tellPlay(song: number): Promise<LibraryResult<unknown>> {
  return askData(`/songs/${song}/plays`, v.unknown(), { method: 'POST', body: {} });
}

/** One's own, and those for everybody. */
export function askPlaylists(): Promise<LibraryResult<Playlist[]>> {
  return only(askData(`/playlists?limit=${AT_ONCE}`, playlists), (value) => value.playlists);
}

export function askPlaylist(id: number): Promise<LibraryResult<Playlist>> {
  return only(askData(`/playlists/${id}`, onePlaylist), (value) => value.playlist);
}

/** All of them, in order. */
export function askPlaylistSongs(id: number): Promise<LibraryResult<SongsOfList>> {
  return inParts((from, atOnce) => askData(`/playlists/${id}/songs?limit=${atOnce}&offset=${from}`, songsOfList));
}

export interface PlaylistWish {
  name?: string;
  private?: boolean;
  /** All of its songs, in order. */
  songs?: number[];
  /** These come behind the others. */
  add?: number[];
  /** Instead of songs. */
  rule?: PlaylistRule;
}

export function makePlaylist(wish: PlaylistWish): Promise<LibraryResult<Playlist>> {
  return only(askData('/playlists', onePlaylist, { method: 'POST', body: { ...wish } }), (value) => value.playlist);
}

export function changePlaylist(id: number, wish: PlaylistWish): Promise<LibraryResult<Playlist>> {
  return only(askData(`/playlists/${id}`, onePlaylist, { method: 'PATCH', body: { ...wish } }), (value) => value.playlist);
}

export function deletePlaylist(id: number): Promise<LibraryResult<unknown>> {
  return askData(`/playlists/${id}`, v.unknown(), { method: 'DELETE' });
}
