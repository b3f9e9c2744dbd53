// Songs of the library on their way into a room (PROTOCOL.md 4.8).
import * as v from 'valibot';
import { text } from '../wire/control/fields.js';
import { askData, type LibraryResult } from './library.js';

/** The file is read and measured first. */
const PATIENCE_MS = 180_000;

export type TakenAs = 'track' | 'entry';

/** `track`: its id; left out of a song of the programme. */
const taken = v.object({ track: v.optional(v.object({ id: text })) });

/** Of somebody in the room, whose token of it this is. The id of the track; null: it became a song of the programme. */
export async function takeIntoRoom(song: number, room: string, token: string, as: TakenAs): Promise<LibraryResult<string | null>> {
  const answer = await askData(`/songs/${song}/room`, taken, { method: 'POST', body: { room, token, as }, patienceMs: PATIENCE_MS });
  return answer.ok ? { ok: true, value: answer.value.track?.id ?? null } : answer;
}
