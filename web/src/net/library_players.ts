// Passwords for music players of others, over HTTP: made by the library, told once.
import * as v from 'valibot';
import { integer, number, text } from '../wire/control/fields.js';
import { askData, type LibraryResult } from './library.js';

const playerPassword = v.object({ id: integer(1), name: text, created: number, last_used: number });
export type PlayerPassword = v.InferOutput<typeof playerPassword>;

const listed = v.object({ players: v.array(playerPassword) });
const made = v.object({ password: text, name: text });

export async function askPlayers(): Promise<LibraryResult<PlayerPassword[]>> {
  const answer = await askData('/auth/players', listed);
  return answer.ok ? { ok: true, value: answer.value.players } : answer;
}

export async function makePlayer(name: string): Promise<LibraryResult<{ name: string; secret: string }>> {
  const answer = await askData('/auth/players', made, { method: 'POST', body: { name } });
  return answer.ok ? { ok: true, value: { name: answer.value.name, secret: answer.value.password } } : answer;
}

export function revokePlayer(id: number): Promise<LibraryResult<unknown>> {
  return askData(`/auth/players/${id}`, v.unknown(), { method: 'DELETE' });
}
