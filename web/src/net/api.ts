// The server's HTTP requests (PROTOCOL.md section 4).
import { FieldError, asFields, integer, text } from '../wire/fields.js';
import { bad, good, type Result } from '../wire/result.js';
import type { HttpAnswer } from './reconnect.js';

export interface MadeRoom {
  room: string;
  /** A path. */
  link: string;
  key: string;
}

export interface RoomCard {
  room: string;
  name: string;
  people: number;
}

/** An answer that takes longer will not come. */
const ANSWER_MS = 15_000;
const HEALTH_MS = 4_000;
const TOO_SLOW = 'The server does not answer. It may be very busy, or your network very slow: try again in a moment.';
const UNREACHABLE = 'The server cannot be reached. Look at your network, then try again.';

export async function makeRoom(wish: { name?: string; robots?: boolean }): Promise<Result<MadeRoom>> {
  const headers = { 'Content-Type': 'application/json' };
  return request('/api/rooms', { method: 'POST', headers, body: JSON.stringify(wish) }, (body) => {
    const fields = asFields(body);
    return { room: text(fields, 'room'), link: text(fields, 'link'), key: text(fields, 'key') };
  });
}

/** The room's name and how many are in it; null where there is no such room. */
export async function askRoom(room: string): Promise<Result<RoomCard | null>> {
  return request(
    `/api/rooms/${encodeURIComponent(room)}`,
    {},
    (body) => {
      const fields = asFields(body);
      const people = integer(fields, 'people', 0, Number.MAX_SAFE_INTEGER);
      return { room: text(fields, 'room'), name: text(fields, 'name'), people };
    },
    () => null,
  );
}

/** Whether the server answers by plain HTTP; what is not its own answer (a log-in page of a network) counts as none. */
export async function askHealth(): Promise<HttpAnswer> {
  try {
    const response = await fetch('/healthz', { cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(HEALTH_MS) });
    const fields = asFields(await response.json());
    if (response.ok) return text(fields, 'status') === 'ok' ? 'ready' : 'busy';
    return response.status === 503 ? 'busy' : 'none';
  } catch {
    return 'none';
  }
}

async function request<T>(url: string, init: RequestInit, read: (body: unknown) => T, notFound?: () => T): Promise<Result<T>> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_MS) });
    if (response.status === 404 && notFound) return good(notFound());
    const body: unknown = await response.json();
    return response.ok ? good(read(body)) : bad(sentenceOf(body, response.status));
  } catch (error) {
    if (error instanceof FieldError) return bad('The server gave an answer that this page does not understand. Reload the page.');
    if (error instanceof DOMException && error.name === 'TimeoutError') return bad(TOO_SLOW);
    return bad(UNREACHABLE);
  }
}

/** The sentence in an error's body, or one of our own. */
export function sentenceOf(body: unknown, status: number): string {
  try {
    return text(asFields(asFields(body)['error']), 'message');
  } catch {
    if (status === 413) return 'The file is too large.';
    if (status === 503 || status === 429) return 'The server is too busy just now. Try again in a moment.';
    return `The server answered with an error (${status}). Try again in a moment.`;
  }
}
