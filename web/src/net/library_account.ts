// What belongs to one's own account of the library: tokens for programs, where one is logged in, and its end.
import * as v from 'valibot';
import { flag, integer, number, text } from '../wire/control/fields.js';
import { askData, type LibraryResult } from './library.js';

/** Times in seconds since the epoch. */
const libraryToken = v.object({ id: integer(1), name: text, created: number, last_used: number });
export type LibraryToken = v.InferOutput<typeof libraryToken>;

/** `current`: it is the one that asks. `browser` ("Firefox") and `system` ("Android"): empty where nothing is known. */
const librarySession = v.object({ id: integer(1), address: text, browser: text, system: text, current: flag, last_used: number });
export type LibrarySession = v.InferOutput<typeof librarySession>;

const tokens = v.object({ tokens: v.array(libraryToken) });
const madeToken = v.object({ token: text, name: text });
const sessions = v.object({ sessions: v.array(librarySession) });

export async function askTokens(): Promise<LibraryResult<LibraryToken[]>> {
  const answer = await askData('/auth/tokens', tokens);
  return answer.ok ? { ok: true, value: answer.value.tokens } : answer;
}

/** Told once. */
export async function makeLibraryToken(name: string): Promise<LibraryResult<{ name: string; secret: string }>> {
  const answer = await askData('/auth/tokens', madeToken, { method: 'POST', body: { name } });
  return answer.ok ? { ok: true, value: { name: answer.value.name, secret: answer.value.token } } : answer;
}

export function endLibraryToken(id: number): Promise<LibraryResult<unknown>> {
  return askData(`/auth/tokens/${id}`, v.unknown(), { method: 'DELETE' });
}

export async function askSessions(): Promise<LibraryResult<LibrarySession[]>> {
  const answer = await askData('/auth/sessions', sessions);
  return answer.ok ? { ok: true, value: answer.value.sessions } : answer;
}

export function endSession(id: number): Promise<LibraryResult<unknown>> {
  return askData(`/auth/sessions/${id}`, v.unknown(), { method: 'DELETE' });
}

/** With the songs of this account. */
export function forgetAccount(password: string): Promise<LibraryResult<unknown>> {
  return askData('/auth/forget', v.unknown(), { method: 'POST', body: { password } });
}
