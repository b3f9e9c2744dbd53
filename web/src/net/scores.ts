// The pages of scores over HTTP (PROTOCOL.md 4.5).
import { under } from '../base_path.js';
import { t } from '../i18n/words.js';
import { bad, good, type Result } from '../wire/result.js';
import { sentenceOf } from './api.js';
import type { Asker } from './words.js';

const ANSWER_MS = 60_000;

/** A picture; the browser keeps it, and asks only whether one may see it still. `page`: from 0. */
export async function askPage({ room, token }: Asker, score: string, page: number): Promise<Result<Blob>> {
  const url = under(`/api/rooms/${encodeURIComponent(room)}/scores/${encodeURIComponent(score)}/${page}`);
  try {
    const response = await fetch(url, { headers: { Authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(ANSWER_MS) });
    if (response.ok) return good(await response.blob());
    return bad(sentenceOf(await response.json(), response.status));
  } catch {
    return bad(t.net.theServerCannotBeReached);
  }
}
