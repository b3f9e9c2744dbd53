// The server's HTTP requests (PROTOCOL.md section 4).
import { under } from '../base_path.js';
import { bad, good, type Result } from '../wire/result.js';
import {
  errorBody,
  health,
  listedRooms,
  madeRoom,
  originRefused,
  readAnswer,
  roomCard,
  type ListedRoom,
  type MadeRoom,
  type RoomCard,
} from './answers.js';
import type { HttpAnswer } from './reconnect.js';
import { said } from '../i18n/server.js';
import { t } from '../i18n/words.js';

/** An answer that takes longer will not come. */
const ANSWER_MS = 15_000;
const HEALTH_MS = 4_000;
const TOO_SLOW = () => t.net.theServerDoesNotAnswer;
const UNREACHABLE = () => t.net.theServerCannotBeReached;

export async function makeRoom(wish: { name?: string; robots?: boolean }): Promise<Result<MadeRoom>> {
  const headers = { 'Content-Type': 'application/json' };
  return request('/api/rooms', { method: 'POST', headers, body: JSON.stringify(wish) }, (body) => readAnswer(madeRoom, body));
}

/** The room's name and how many are in it; null where there is no such room. */
export async function askRoom(room: string): Promise<Result<RoomCard | null>> {
  return request(
    `/api/rooms/${encodeURIComponent(room)}`,
    {},
    (body) => readAnswer(roomCard, body),
    () => null,
  );
}

/** The rooms of the server's first page. */
export async function askListedRooms(): Promise<Result<ListedRoom[]>> {
  return request('/api/rooms', {}, (body) => {
    const read = readAnswer(listedRooms, body);
    return read.ok ? good(read.value.rooms) : read;
  });
}

/** Whether the server refuses sockets of pages of this address: of that a browser says nothing. */
async function isForeign(): Promise<boolean> {
  try {
    const query = new URLSearchParams({ origin: location.origin });
    const response = await fetch(under(`/ws?${query.toString()}`), { cache: 'no-store', signal: AbortSignal.timeout(HEALTH_MS) });
    return response.status === 403 && readAnswer(originRefused, await response.json()).ok;
  } catch {
    return false;
  }
}

/** Whether the server answers by plain HTTP; what is not its own answer (a log-in page of a network) counts as none. */
export async function askHealth(): Promise<HttpAnswer> {
  try {
    const response = await fetch(under('/healthz'), { cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(HEALTH_MS) });
    const body: unknown = await response.json();
    if (!response.ok) return response.status === 503 && isObject(body) ? 'busy' : 'none';
    const answer = readAnswer(health, body);
    if (!answer.ok) return 'none';
    if (answer.value.status !== 'ok') return 'busy';
    return (await isForeign()) ? 'foreign' : 'ready';
  } catch {
    return 'none';
  }
}

/** `url`: of this server, from its root on. */
export async function request<T>(url: string, init: RequestInit, read: (body: unknown) => Result<T>, notFound?: () => T): Promise<Result<T>> {
  try {
    const response = await fetch(under(url), { ...init, signal: AbortSignal.timeout(ANSWER_MS) });
    if (response.status === 404 && notFound) return good(notFound());
    const body: unknown = await response.json();
    return response.ok ? read(body) : bad(sentenceOf(body, response.status));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError') return bad(TOO_SLOW());
    return bad(UNREACHABLE());
  }
}

function isObject(body: unknown): boolean {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}

/** The sentence in an error's body, or one of our own: also where a server that is too busy or a line that is too slow has one of no code, in English. */
export function sentenceOf(body: unknown, status: number): string {
  const answer = readAnswer(errorBody, body);
  const bare = answer.ok && answer.value.error.sentence === undefined;
  if (answer.ok && !(bare && (status === 408 || status === 503))) return said(answer.value.error.message, answer.value.error);
  if (status === 408) return TOO_SLOW();
  if (status === 413) return t.net.theFileIsTooLarge;
  if (status === 503 || status === 429) return t.net.theServerIsTooBusy;
  return t.net.theServerAnsweredWithAn({ status });
}
