// What was sung in a room to a backing, over HTTP (PROTOCOL.md 4.10).
import * as v from 'valibot';
import { credits } from '../wire/control/tracks.js';
import { good, type Result } from '../wire/result.js';
import { readAnswer } from './answers.js';
import { request } from './api.js';

const sungSong = v.object({
  /** Its number in the room. */
  song: v.number(),
  /** When it was begun, in milliseconds since the epoch. */
  at: v.number(),
  title: v.string(),
  /** As they were then; nothing of a track that somebody uploaded. */
  credits: v.optional(credits),
  /** Its id in the library, where it came from there. */
  library_song: v.optional(v.number()),
});
export type SungSong = v.InferOutput<typeof sungSong>;
const shown = v.object({ sung: v.array(sungSong) });

/** In the last day, the first song first. */
export async function askSung({ room, token }: { room: string; token: string }): Promise<Result<SungSong[]>> {
  const init: RequestInit = { headers: { Authorization: `Bearer ${token}` }, cache: 'no-store' };
  const answer = await request(`/api/rooms/${encodeURIComponent(room)}/sung`, init, (body) => readAnswer(shown, body));
  return answer.ok ? good(answer.value.sung) : answer;
}
