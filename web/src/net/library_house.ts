// What an admin of the song library does, and what everybody does with her own account.
import * as v from 'valibot';
import { integer, number, text } from '../wire/control/fields.js';
import { askData, libraryAccount, libraryRules, type LibraryAccount, type LibraryResult, type LibraryRules } from './library.js';

export type LibraryRole = LibraryAccount['role'];
export const LIBRARY_ROLES: readonly LibraryRole[] = ['member', 'curator', 'admin'];

/** `created`: seconds since the epoch. */
export const libraryInvitation = v.object({ id: integer(1), role: v.picklist(['member', 'curator', 'admin']), created: number });
export type LibraryInvitation = v.InferOutput<typeof libraryInvitation>;

const accounts = v.object({ accounts: v.array(libraryAccount) });
const invitations = v.object({ invitations: v.array(libraryInvitation) });
const invitation = v.object({ invitation: text });

export function changeRules(rules: Partial<LibraryRules>): Promise<LibraryResult<LibraryRules>> {
  return askData('/', libraryRules, { method: 'PATCH', body: rules });
}

export async function askAccounts(): Promise<LibraryResult<LibraryAccount[]>> {
  const answer = await askData('/accounts', accounts);
  return answer.ok ? { ok: true, value: answer.value.accounts } : answer;
}

export function changeRole(id: number, role: LibraryRole): Promise<LibraryResult<unknown>> {
  return askData(`/accounts/${id}`, v.unknown(), { method: 'PATCH', body: { role } });
}

/** With what it uploaded. */
export function removeAccount(id: number): Promise<LibraryResult<unknown>> {
  return askData(`/accounts/${id}`, v.unknown(), { method: 'DELETE' });
}

export async function askInvitations(): Promise<LibraryResult<LibraryInvitation[]>> {
  const answer = await askData('/invitations', invitations);
  return answer.ok ? { ok: true, value: answer.value.invitations } : answer;
}

/** A secret with which somebody may register. */
export async function invite(role: LibraryRole): Promise<LibraryResult<string>> {
  const answer = await askData('/invitations', invitation, { method: 'POST', body: { role } });
  return answer.ok ? { ok: true, value: answer.value.invitation } : answer;
}

export function takeInvitationBack(id: number): Promise<LibraryResult<unknown>> {
  return askData(`/invitations/${id}`, v.unknown(), { method: 'DELETE' });
}

/** The other sessions end. */
export function changePassword(password: string, password1: string, password2: string): Promise<LibraryResult<unknown>> {
  return askData('/auth/password', v.unknown(), { method: 'POST', body: { password, password1, password2 } });
}
