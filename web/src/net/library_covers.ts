// Pictures of the song library's songs and albums.
import * as v from 'valibot';
import { under } from '../base_path.js';
import type { Result } from '../wire/result.js';
import { askData, librarySong, sendForm, type LibraryResult, type LibrarySong } from './library.js';
import { libraryAlbum, type LibraryAlbum } from './library_shelves.js';
import type { Upload } from './upload.js';

/** Of the longer side, in pixels of the picture: what the server keeps. */
export const COVER_SIDES = [160, 640] as const;
export type CoverSide = (typeof COVER_SIDES)[number];
export const MOST_COVER_BYTES = 10_000_000;

export type Covered = 'songs' | 'albums';

const songIn = v.object({ song: librarySong });
const albumIn = v.object({ album: libraryAlbum });

/** `cover`: as the server calls it, so that a browser keeps it until there is another. */
export function coverAddress(of: Covered, id: number, cover: string, side: CoverSide): string {
  return under(`/api/library/${of}/${id}/cover?size=${side}&v=${encodeURIComponent(cover)}`);
}

export function uploadSongCover(id: number, file: File, progress: (share: number) => void): Upload<LibrarySong> {
  return upload('songs', id, file, songIn, ({ song }) => song, progress);
}

export function uploadAlbumCover(id: number, file: File, progress: (share: number) => void): Upload<LibraryAlbum> {
  return upload('albums', id, file, albumIn, ({ album }) => album, progress);
}

function upload<Told, Row>(
  of: Covered,
  id: number,
  file: File,
  schema: v.GenericSchema<unknown, Told>,
  row: (told: Told) => Row,
  progress: (share: number) => void,
): Upload<Row> {
  const form = new FormData();
  form.append('file', file);
  const sent = sendForm('PUT', `/${of}/${id}/cover`, form, schema, progress);
  return { done: sent.done.then((told): Result<Row> => (told.ok ? { ok: true, value: row(told.value) } : told)), cancel: () => sent.cancel() };
}

export async function removeSongCover(id: number): Promise<LibraryResult<LibrarySong>> {
  const answer = await askData(`/songs/${id}/cover`, songIn, { method: 'DELETE' });
  return answer.ok ? { ok: true, value: answer.value.song } : answer;
}

export async function removeAlbumCover(id: number): Promise<LibraryResult<LibraryAlbum>> {
  const answer = await askData(`/albums/${id}/cover`, albumIn, { method: 'DELETE' });
  return answer.ok ? { ok: true, value: answer.value.album } : answer;
}
