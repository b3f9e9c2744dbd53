// The programme of a room over HTTP (PROTOCOL.md 4.6): as a file, and from another room.
import * as v from 'valibot';
import { under } from '../base_path.js';
import { integer } from '../wire/control/fields.js';
import { bad, good, type Result } from '../wire/result.js';
import { readAnswer } from './answers.js';
import { request, sentenceOf } from './api.js';
import { t } from '../i18n/words.js';

const brought = v.object({
  /** How many came into the programme. */
  songs: integer(0),
  /** What could not be taken. */
  problems: v.nullish(v.array(v.object({ code: v.string(), name: v.string(), message: v.string() })), []),
});
export type Brought = v.InferOutput<typeof brought>;
export type BroughtProblem = Brought['problems'][number];

export function broughtIn(body: unknown): Result<Brought> {
  return readAnswer(brought, body);
}

interface Asker {
  room: string;
  token: string;
}

function path(room: string, rest: string): string {
  return `/api/rooms/${encodeURIComponent(room)}/${rest}`;
}

/** `key`: the organiser's, of the other room. */
export function copyProgramme({ room, token }: Asker, from: string, key: string): Promise<Result<Brought>> {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  return request(path(room, 'programme/copy'), { method: 'POST', headers, body: JSON.stringify({ from, key }) }, broughtIn);
}

/** `progress`: the share that is here, 0 to 1. */
export async function programmeFile({ room, token }: Asker, progress: (share: number) => void, signal: AbortSignal): Promise<Result<Blob>> {
  try {
    const response = await fetch(under(path(room, 'programme.zip')), { headers: { Authorization: `Bearer ${token}` }, cache: 'no-store', signal });
    if (!response.ok || response.body === null) return bad(sentenceOf(await response.json().catch(() => null), response.status));
    const all = Number(response.headers.get('content-length'));
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    let bytes = 0;
    const reader = response.body.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      pieces.push(next.value);
      bytes += next.value.byteLength;
      if (all > 0) progress(bytes / all);
    }
    return good(new Blob(pieces, { type: 'application/zip' }));
  } catch {
    return bad(t.net.theServerCannotBeReached);
  }
}
