// What organisers and engineers do with the room and with others; and what one says of oneself.
import type { Session } from '../../session/session.js';
import { remembered } from '../../state/storage.js';
import type { Command, RoomChange } from '../../wire/control/control.js';

export function changeRoom(session: Session, change: RoomChange): void {
  session.send({ type: 'room', ...change });
}

/** Null takes it away. */
export function setPassword(session: Session, password: string | null): void {
  session.send({ type: 'password', password });
}

/** The old organiser's link ends; the new key comes as an answer (session.organiserKey). */
export function askNewKey(session: Session): void {
  session.send({ type: 'new_key', id: 1 });
}

export function letBackIn(session: Session, person: string): void {
  session.send({ type: 'readmit', person });
}

export function deleteRoom(session: Session): void {
  session.send({ type: 'delete_room' });
}

/** What person_actions.ts offers. */
export function act(session: Session, command: Command): void {
  session.send(command);
}

export function rename(session: Session, name: string): void {
  remembered.name = name;
  session.send({ type: 'name', name });
}

/** Empty: none. */
export function choosePart(session: Session, part: string): void {
  remembered.setPart(session.roomId, part === '' ? null : part);
  session.send({ type: 'part', part });
}
