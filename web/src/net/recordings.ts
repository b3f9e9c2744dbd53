// The recordings of a room over HTTP (PROTOCOL.md 4.4).
import * as v from 'valibot';
import { under } from '../base_path.js';
import { recording, type Recording, type TrackMix } from '../wire/control/recordings.js';
import { good, type Result } from '../wire/result.js';
import { readAnswer } from './answers.js';
import { request } from './api.js';

const shown = v.object({
  /** The room's name. */
  name: v.nullish(v.string(), ''),
  recordings: v.array(recording),
  /** For links to the files, which bear no token: good for some hours, and for one's own eyes. */
  pass: v.string(),
  /** One may delete them. */
  keeps: v.nullish(v.boolean(), false),
  /** One may have them mixed again. */
  mixes: v.nullish(v.boolean(), false),
  /** There are older ones that are not told. */
  more: v.nullish(v.boolean(), false),
  /** 0: for ever. */
  recordings_days: v.nullish(v.number(), 0),
});
export type ShownRecordings = v.InferOutput<typeof shown>;

/** Who asks: the room, and one's token. */
export interface Asker {
  room: string;
  token: string;
}

function path(room: string, rest = ''): string {
  return `/api/rooms/${encodeURIComponent(room)}/recordings${rest}`;
}

function bearer({ token }: Asker): Record<string, string> {
  return { Authorization: `Bearer ${token}` };
}

export function askRecordings(asker: Asker): Promise<Result<ShownRecordings>> {
  return request(path(asker.room), { headers: bearer(asker), cache: 'no-store' }, (body) => readAnswer(shown, body));
}

export async function deleteRecording(asker: Asker, { id }: Recording): Promise<Result<null>> {
  return request(path(asker.room, `/${id}`), { method: 'DELETE', headers: bearer(asker) }, () => good(null));
}

/** Those tracks that are not named stay as they were sung. */
export async function mixAgain(asker: Asker, { id }: Recording, tracks: readonly TrackMix[]): Promise<Result<null>> {
  const headers = { ...bearer(asker), 'Content-Type': 'application/json' };
  return request(path(asker.room, `/${id}/mix`), { method: 'POST', headers, body: JSON.stringify({ tracks }) }, () => good(null));
}

const made = v.object({ name: v.string() });

/** A file of it becomes a track of the room, of this name. */
export function singTo(asker: Asker, { id }: Recording, file: string): Promise<Result<string>> {
  const headers = { ...bearer(asker), 'Content-Type': 'application/json' };
  return request(path(asker.room, `/${id}/track`), { method: 'POST', headers, body: JSON.stringify({ file }) }, (body) => {
    const read = readAnswer(made, body);
    return read.ok ? good(read.value.name) : read;
  });
}

/** Everything as one file: the server begins to make it. */
export async function askZip(asker: Asker, { id }: Recording): Promise<Result<null>> {
  return request(path(asker.room, `/${id}/zip`), { method: 'POST', headers: bearer(asker) }, () => good(null));
}

/** `download`: to keep it. */
export function fileAddress(room: string, pass: string, id: string, file: string, download = false): string {
  const query = new URLSearchParams({ pass });
  if (download) query.set('download', '1');
  return under(path(room, `/${id}/${encodeURIComponent(file)}?${query.toString()}`));
}
