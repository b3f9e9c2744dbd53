// What a person does with the words of songs.
import { sendTimes, sendWords, type Asker, type NewWords } from '../../net/words.js';
import type { Session } from '../../session/session.js';
import { LINE_MARK, type Sheet } from '../../wire/control/control.js';
import type { Result } from '../../wire/result.js';
import { t } from '../../i18n/words.js';

/** Null while one is not in the room. */
export function askerOf(session: Session): Asker | null {
  const token = session.room.value?.token;
  return token === undefined ? null : { room: session.roomId, token };
}

const OUTSIDE = (): Result<Sheet> => ({ ok: false, error: t.sheets.youAreNotInThe });

export function chooseWords(session: Session, words: string | null): void {
  session.send({ type: 'words', words });
}

export function renameWords(session: Session, sheet: string, title: string): void {
  session.send({ type: 'rename_sheet', sheet, title });
}

export function deleteWords(session: Session, sheet: string): void {
  session.send({ type: 'delete_sheet', sheet });
}

/** `id`: of those in whose place they come; null: they are new. */
export async function keepWords(session: Session, id: string | null, words: NewWords): Promise<Result<Sheet>> {
  const asker = askerOf(session);
  return asker ? sendWords(asker, id, words) : OUTSIDE();
}

export async function keepTimes(session: Session, sheet: Sheet, times: (number | null)[]): Promise<Result<Sheet>> {
  const asker = askerOf(session);
  return asker ? sendTimes(asker, sheet, times) : OUTSIDE();
}

/** This line begins where one hears the song now. */
export function tapLine(session: Session, line: number): void {
  const heard = session.heardNow();
  if (heard === null) return;
  const position = Math.round(heard);
  session.send({ type: 'mark', mark: { id: `line ${position}`, position, kind: LINE_MARK, payload: String(line) } });
}
