// The words of songs over HTTP (PROTOCOL.md 4.3).
import * as v from 'valibot';
import { sheet, sheetLine, type Sheet } from '../wire/control/words.js';
import { good, type Result } from '../wire/result.js';
import { readAnswer } from './answers.js';
import { request } from './api.js';

const shownWords = v.object({ sheet, lines: v.array(sheetLine) });
export type ShownWords = v.InferOutput<typeof shownWords>;
const shownText = v.object({ sheet, text: v.string() });
const oneSheet = v.object({ sheet });

export type WordsFormat = 'plain' | 'lrc' | 'chordpro';

/** Who asks: the room, and one's token. */
export interface Asker {
  room: string;
  token: string;
}

function path({ room }: Asker, rest = ''): string {
  return `/api/rooms/${encodeURIComponent(room)}/words${rest}`;
}

function bearer({ token }: Asker): Record<string, string> {
  return { Authorization: `Bearer ${token}` };
}

/** The browser keeps what it has seen, and asks only whether it is still so. */
export function askWords(asker: Asker, id: string): Promise<Result<ShownWords>> {
  return request(path(asker, `/${encodeURIComponent(id)}`), { headers: bearer(asker) }, (body) => readAnswer(shownWords, body));
}

/** As somebody wrote it. */
export async function askText(asker: Asker, id: string): Promise<Result<string>> {
  const answer = await request(path(asker, `/${encodeURIComponent(id)}/text`), { headers: bearer(asker) }, (body) => readAnswer(shownText, body));
  return answer.ok ? good(answer.value.text) : answer;
}

export interface NewWords {
  /** Empty: as the text says, or as it was. */
  title: string;
  /** null: as it looks. */
  format: WordsFormat | null;
  text: string | Blob;
}

/** `id`: of those in whose place they come; null: they are new. */
export async function sendWords(asker: Asker, id: string | null, { title, format, text }: NewWords): Promise<Result<Sheet>> {
  const query = new URLSearchParams();
  if (title !== '') query.set('title', title);
  if (format !== null) query.set('format', format);
  const url = `${path(asker, id === null ? '' : `/${encodeURIComponent(id)}`)}?${query.toString()}`;
  const answer = await request(url, { method: 'POST', headers: bearer(asker), body: text }, (body) => readAnswer(oneSheet, body));
  return answer.ok ? good(answer.value.sheet) : answer;
}

/** When each line is sung; of the version that one has seen. */
export async function sendTimes(asker: Asker, { id, version }: Sheet, times: (number | null)[]): Promise<Result<Sheet>> {
  const init = { method: 'POST', headers: bearer(asker), body: JSON.stringify({ version, times }) };
  const answer = await request(path(asker, `/${encodeURIComponent(id)}/times`), init, (body) => readAnswer(oneSheet, body));
  return answer.ok ? good(answer.value.sheet) : answer;
}
