// The server's HTTP requests (PROTOCOL.md section 4).
import { FieldError, asFields, integer, text } from '../wire/fields.js';
import { bad, good, type Result } from '../wire/result.js';

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

async function request<T>(url: string, init: RequestInit, read: (body: unknown) => T, notFound?: () => T): Promise<Result<T>> {
  try {
    const response = await fetch(url, init);
    if (response.status === 404 && notFound) return good(notFound());
    const body: unknown = await response.json();
    return response.ok ? good(read(body)) : bad(sentenceOf(body, response.status));
  } catch (error) {
    if (error instanceof FieldError) return bad('The server gave an answer that this page does not understand. Reload the page.');
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
