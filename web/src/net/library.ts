// The server's song library by HTTP, under /api/library: every answer but a file is {ok, errors, data}. Whoever is logged in there is
// known by a cookie.
import { signal } from '@preact/signals';
import * as v from 'valibot';
import { under } from '../base_path.js';
import { t } from '../i18n/words.js';
import { said } from '../i18n/server.js';
import { flag, integer, number, text, toldFields } from '../wire/control/fields.js';
import { readAnswer } from './answers.js';
import { sentenceOf } from './api.js';

const ANSWER_MS = 15_000;
/** The server does not know who asks. */
export const UNKNOWN = 401;
/** So often it did not: whoever was logged in may be so no longer. */
export const refusals = signal(0);
const ROLES = ['member', 'curator', 'admin'] as const;
export const REGISTRATIONS = ['open', 'invitation', 'closed'] as const;
export type Registration = (typeof REGISTRATIONS)[number];

/** Not there: the server keeps no such thing. Null: nobody has said it yet. */
const saidOfIt = v.optional(v.nullable(text));
const counted = v.optional(v.nullable(number));

export const librarySong = v.object({
  id: integer(1),
  title: text,
  /** Of its file; null: it has none yet. */
  hash: v.nullish(text, null),
  /** Who brought it and has an account; null: somebody else. */
  uploader_id: v.nullish(integer(1), null),
  /** UPLOADED and what comes after it: it can be heard. */
  status: text,
  /** Of one that is FAILED: why. It may be heard nevertheless. */
  failure: v.nullish(v.object({ message: text, ...toldFields }), null),
  private: v.nullish(flag, false),
  artist: saidOfIt,
  artist_id: v.nullish(integer(1), null),
  album: saidOfIt,
  album_id: v.nullish(integer(1), null),
  has_words: v.nullish(flag, false),
  genre: saidOfIt,
  key: saidOfIt,
  language: saidOfIt,
  licence: saidOfIt,
  link: saidOfIt,
  attribution: saidOfIt,
  track: counted,
  year: counted,
  tempo_bpm: counted,
  length_ms: counted,
  /** Its picture, or its album's: another one has another name. Null: there is none. */
  cover: v.nullish(text, null),
  /** Somebody brought it, for this song. */
  own_cover: v.nullish(flag, false),
  /** Seconds since the epoch. */
  created: v.optional(number, 0),
  /** The average of what people gave, 1 to 10. */
  rating: counted,
});
export type LibrarySong = v.InferOutput<typeof librarySong>;

export const libraryAccount = v.object({ id: integer(1), username: text, role: v.picklist(ROLES) });
export type LibraryAccount = v.InferOutput<typeof libraryAccount>;

export const libraryRules = v.object({
  registration: v.picklist(REGISTRATIONS),
  anonymous_uploads: flag,
  /** Megabytes of files, of an account that is no curator's and of all together; 0: no bound. */
  account_mb: v.nullish(integer(0), 0),
  all_mb: v.nullish(integer(0), 0),
});
export type LibraryRules = v.InferOutput<typeof libraryRules>;

export const librarySongs = v.object({ songs: v.array(librarySong), total: integer(0) });

/** A part of a list. `next`: the place where it goes on; null: that was all. */
export interface LibrarySongs {
  songs: LibrarySong[];
  next: number | null;
  /** So many there are, all in all. */
  total: number;
}

/** Which part: from this place on, so many at most. */
export interface SongsPart {
  from: number;
  limit: number;
}

const foundSongs = v.object({ songs: v.object({ rows: v.array(librarySong), total: integer(0) }) });
const oneSong = v.object({ song: librarySong });
const LOUDEST = 255;
const MOST_POINTS = 10_000;
const songShape = v.object({ waveform: v.object({ points: v.pipe(v.array(integer(0, LOUDEST)), v.minLength(1), v.maxLength(MOST_POINTS)) }) });
const oneAccount = v.object({ account: libraryAccount });
const whoAsks = v.object({ account: v.nullable(libraryAccount), account_gone: v.optional(v.boolean(), false) });

const refused = v.object({ errors: v.tupleWithRest([v.object({ message: text, ...toldFields })], v.unknown()) });

/** `status`: of HTTP; 0: no answer came. */
export type LibraryResult<T> = { ok: true; value: T } | { ok: false; error: string; status: number };

function had<T>(value: T): LibraryResult<T> {
  return { ok: true, value };
}

function failed<T>(error: string, status: number): LibraryResult<T> {
  return { ok: false, error, status };
}

/** What an answer says: its data, checked, or a sentence. */
export function readLibrary<T>(schema: v.GenericSchema<unknown, T>, body: unknown, status: number): LibraryResult<T> {
  if (status >= 200 && status < 300) {
    const read = readAnswer(v.object({ data: schema }), body);
    return read.ok ? had(read.value.data) : failed(read.error, status);
  }
  const read = readAnswer(refused, body);
  if (!read.ok) return failed(sentenceOf(body, status), status);
  const [first] = read.value.errors;
  return failed(said(first.message, first), status);
}

interface Asked {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  body?: Record<string, unknown>;
  /** Ends it. */
  signal?: AbortSignal;
  /** For what takes longer than others. */
  patienceMs?: number;
}

export async function askData<T>(
  path: string,
  schema: v.GenericSchema<unknown, T>,
  { method = 'GET', body, signal, patienceMs = ANSWER_MS }: Asked = {},
): Promise<LibraryResult<T>> {
  const ends = new AbortController();
  const end = (): void => ends.abort();
  const timer = setTimeout(end, patienceMs);
  signal?.addEventListener('abort', end);
  try {
    const response = await fetch(under(`/api/library${path}`), {
      method,
      cache: 'no-store',
      signal: ends.signal,
      ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (response.status === UNKNOWN) refusals.value += 1;
    return readLibrary(schema, (await response.json()) as unknown, response.status);
  } catch {
    return failed(ends.signal.aborted ? t.net.theServerDoesNotAnswer : t.net.theServerCannotBeReached, 0);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}

/** How one comes in; of a server without a library the status is 404. */
export function askLibrary(): Promise<LibraryResult<LibraryRules>> {
  return askData('/', libraryRules);
}

/** Who is logged in with this browser; null: nobody, which is no fault, and no browser complains of it. */
export async function askAccount(): Promise<LibraryResult<LibraryAccount | null>> {
  const answer = await askWho();
  return answer.ok ? had(answer.value.account) : answer;
}

/** The same; `account_gone`: the account that was logged in has been deleted. */
export async function askWho(): Promise<LibraryResult<v.InferOutput<typeof whoAsks>>> {
  const answer = await askData('/', whoAsks);
  return answer.ok || answer.status !== 401 ? answer : had({ account: null, account_gone: false });
}

export async function logIn(username: string, password: string): Promise<LibraryResult<LibraryAccount>> {
  const answer = await askData('/auth/login', oneAccount, { method: 'POST', body: { username, password } });
  return answer.ok ? had(answer.value.account) : answer;
}

export interface Newcomer {
  username: string;
  password1: string;
  password2: string;
  /** Where the library asks for one. */
  invitation?: string;
}

export async function register(newcomer: Newcomer): Promise<LibraryResult<LibraryAccount>> {
  const answer = await askData('/auth/register', oneAccount, { method: 'POST', body: { ...newcomer } });
  return answer.ok ? had(answer.value.account) : answer;
}

export function logOut(): Promise<LibraryResult<unknown>> {
  return askData('/auth/logout', v.unknown(), { method: 'POST', body: {} });
}

/** `wishes`: filters and the order, as the server calls them. */
export async function askSongs(
  { from, limit }: SongsPart,
  wishes: Record<string, string>,
  signal: AbortSignal,
): Promise<LibraryResult<LibrarySongs>> {
  const query = new URLSearchParams({ ...wishes, offset: String(from), limit: String(limit) });
  const answer = await askData(`/songs?${query.toString()}`, librarySongs, { signal });
  return answer.ok ? had(partOf(answer.value.songs, from, answer.value.total)) : answer;
}

/** What is meant by what was typed, best first. */
export async function searchSongs(
  typed: string,
  { from, limit }: SongsPart,
  wishes: Record<string, string>,
  signal: AbortSignal,
): Promise<LibraryResult<LibrarySongs>> {
  const query = new URLSearchParams({ ...wishes, q: typed, kind: 'songs', offset: String(from), limit: String(limit) });
  const answer = await askData(`/search?${query.toString()}`, foundSongs, { signal });
  return answer.ok ? had(partOf(answer.value.songs.rows, from, answer.value.songs.total)) : answer;
}

export function partOf(songs: LibrarySong[], from: number, total: number): LibrarySongs {
  const next = from + songs.length;
  return { songs, next: songs.length > 0 && next < total ? next : null, total };
}

export async function askSong(id: number): Promise<LibraryResult<LibrarySong>> {
  const answer = await askData(`/songs/${id}`, oneSong);
  return answer.ok ? had(answer.value.song) : answer;
}

export async function changeSong(id: number, fields: Record<string, unknown>): Promise<LibraryResult<LibrarySong>> {
  const answer = await askData(`/songs/${id}`, oneSong, { method: 'PATCH', body: fields });
  return answer.ok ? had(answer.value.song) : answer;
}

/** What could not be done with its file is tried again. */
export async function retrySong(id: number): Promise<LibraryResult<LibrarySong>> {
  const answer = await askData(`/songs/${id}/retry`, oneSong, { method: 'POST', body: {} });
  return answer.ok ? had(answer.value.song) : answer;
}

/** How loud its parts are, 0 to 1; of a song for which that is not known yet the status is 404. */
export async function askShape(id: number, signal: AbortSignal): Promise<LibraryResult<number[]>> {
  const answer = await askData(`/songs/${id}/waveform`, songShape, { signal });
  return answer.ok ? had(answer.value.waveform.points.map((point) => point / LOUDEST)) : answer;
}

export function deleteSong(id: number): Promise<LibraryResult<unknown>> {
  return askData(`/songs/${id}`, v.unknown(), { method: 'DELETE' });
}

/** It has a file that can be played. */
export function hasSound({ hash }: LibrarySong): boolean {
  return hash !== null;
}

/** The song in less bytes, or, until that is made, a way to where it is as it is. */
export function smallSongAddress(id: number): string {
  return `${smallSong(id)}&meanwhile=original`;
}

function smallSong(id: number): string {
  return under(`/api/library/songs/${id}/song.opus?kbits=96`);
}

/** Has it made, so that it is there when it is played. */
export function wishSmallSong(id: number): void {
  void fetch(smallSong(id), { method: 'HEAD' }).catch(() => undefined);
}

/** Of a song's file, to be heard or to be kept. */
export function songAddress(id: number, download = false): string {
  return under(`/api/library/songs/${id}/song.mp3${download ? '?download=1' : ''}`);
}

/** A form on its way. Of one that was broken off the status is 0. */
export interface SentForm<T> {
  done: Promise<LibraryResult<T>>;
  cancel(): void;
}

/** `title` null: what its tags say, else its file's name. */
export function uploadSong(file: File, title: string | null, progress: (share: number) => void): SentForm<LibrarySong> {
  const form = new FormData();
  // The title first: whoever reads it as it comes knows it before the file.
  if (title !== null) form.append('title', title);
  form.append('file', file);
  const sent = sendForm('POST', '/songs/upload', form, oneSong, progress);
  return { done: sent.done.then((told) => (told.ok ? had(told.value.song) : told)), cancel: () => sent.cancel() };
}

/** It stands still for so long: the line is as good as broken, whatever the browser believes. */
const STILL_MS = 40_000;
/** From the last byte to the answer. */
const KEPT_MS = 120_000;

/** In one piece. XMLHttpRequest, because fetch does not tell how much has been sent. */
export function sendForm<T>(
  method: 'POST' | 'PUT',
  path: string,
  form: FormData,
  schema: v.GenericSchema<unknown, T>,
  progress: (share: number) => void,
): SentForm<T> {
  const request = new XMLHttpRequest();
  let stopped = false;
  const done = new Promise<LibraryResult<T>>((resolve) => {
    const giveUp = (): void => request.abort();
    let still = setTimeout(giveUp, STILL_MS);
    request.upload.onprogress = ({ loaded, total }) => {
      progress(total > 0 ? loaded / total : 0);
      clearTimeout(still);
      still = setTimeout(giveUp, loaded < total ? STILL_MS : KEPT_MS);
    };
    request.onload = () => {
      if (request.status === UNKNOWN) refusals.value += 1;
      resolve(readLibrary(schema, parsed(request.responseText), request.status));
    };
    request.onerror = () => resolve(failed(t.net.theServerCannotBeReached, 0));
    request.onabort = () => resolve(failed(stopped ? t.net.theUploadWasStopped : t.net.theServerDoesNotAnswer, 0));
    request.onloadend = () => clearTimeout(still);
  });
  request.open(method, under(`/api/library${path}`));
  request.send(form);
  return {
    done,
    cancel: () => {
      stopped = true;
      request.abort();
    },
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
