// What curators do so that the library stays in order: names, duplicates, what is not needed; and its table for everybody with an account.
import * as v from 'valibot';
import { integer, text } from '../wire/control/fields.js';
import { askData, type LibraryResult } from './library.js';
import { libraryAlbum, libraryArtist, type LibraryAlbum, type LibraryArtist } from './library_shelves.js';

export const TENDED = ['artists', 'albums', 'songs'] as const;
export type Tended = (typeof TENDED)[number];

/** Several of one name. */
const group = v.object({ name: text, ids: v.pipe(v.array(integer(1)), v.minLength(2)) });
export type DuplicateGroup = v.InferOutput<typeof group>;

const duplicates = v.object({ duplicates: v.array(group) });
const oneArtist = v.object({ artist: libraryArtist });
const oneAlbum = v.object({ album: libraryAlbum });
/** `next`: what comes after; null: that was all. */
const tablePart = v.object({ csv: text, next: v.nullable(integer(1)) });

/** The server refused because songs would be deleted too. */
export const TAKES_ALONG = 409;

export async function renameArtist(id: number, name: string): Promise<LibraryResult<LibraryArtist>> {
  const answer = await askData(`/artists/${id}`, oneArtist, { method: 'PATCH', body: { name } });
  return answer.ok ? { ok: true, value: answer.value.artist } : answer;
}

export interface AlbumWish {
  title?: string;
  artist?: string | null;
  year?: number | null;
}

export async function changeAlbum(id: number, wish: AlbumWish): Promise<LibraryResult<LibraryAlbum>> {
  const answer = await askData(`/albums/${id}`, oneAlbum, { method: 'PATCH', body: { ...wish } });
  return answer.ok ? { ok: true, value: answer.value.album } : answer;
}

/** `all`: with its songs, where it has some. */
export function removeShelf(kind: 'artists' | 'albums', id: number, all: boolean): Promise<LibraryResult<unknown>> {
  return askData(`/${kind}/${id}${all ? '?with=all' : ''}`, v.unknown(), { method: 'DELETE' });
}

export async function askDuplicates(kind: Tended): Promise<LibraryResult<DuplicateGroup[]>> {
  const answer = await askData(`/${kind}/duplicates`, duplicates);
  return answer.ok ? { ok: true, value: answer.value.duplicates } : answer;
}

/** `from` is gone then; what it had has `into`. */
export function mergeInto(kind: Tended, into: number, from: number): Promise<LibraryResult<unknown>> {
  return askData(`/${kind}/${into}/merge`, v.unknown(), { method: 'POST', body: { from } });
}

/** All songs that one may see, as CSV. */
export async function exportTable(): Promise<LibraryResult<string>> {
  let csv = '';
  for (let after: number | null = 0; after !== null;) {
    const answer: LibraryResult<v.InferOutput<typeof tablePart>> = await askData(`/export${after === 0 ? '' : `?after=${after}`}`, tablePart);
    if (!answer.ok) return answer;
    csv += answer.value.csv;
    after = answer.value.next;
  }
  return { ok: true, value: csv };
}
