// Going in.
import type { Session } from '../../session/session.js';
import { remembered } from '../../state/storage.js';
import { PROTOCOL_VERSION, type Role } from '../../wire/control/control.js';

/** What else is said at the door; empty: nothing. */
export interface Also {
  /** The voice part. */
  part: string;
  password: string;
}

export async function enterRoomAs(session: Session, name: string, role: Role, { part, password }: Also = { part: '', password: '' }): Promise<void> {
  const { roomId } = session;
  const engine = await session.sound();
  engine.resume();
  if (role === 'listener') session.microphone.close(engine);
  const token = remembered.token(roomId);
  const key = remembered.key(roomId);
  engine.enter({
    type: 'hello',
    version: PROTOCOL_VERSION,
    room: roomId,
    name,
    role,
    ...(token === null ? {} : { token }),
    ...(key === null ? {} : { key }),
    ...(part === '' ? {} : { part }),
    ...(password === '' ? {} : { password }),
  });
}
