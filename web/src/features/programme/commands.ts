// What a person does with the programme of the evening.
import type { Session } from '../../session/session.js';
import type { EntryWish } from '../../wire/control/control.js';

export function putEntry(session: Session, entry: EntryWish): void {
  session.send({ type: 'put_entry', entry });
}

export function moveEntry(session: Session, entry: string, before: string | null): void {
  session.send({ type: 'move_entry', entry, before });
}

export function removeEntry(session: Session, entry: string): void {
  session.send({ type: 'remove_entry', entry });
}

export function takeEntry(session: Session, entry: string): void {
  session.send({ type: 'take_entry', entry });
}
