// What a person does with scores.
import type { Session } from '../../session/session.js';
import { PAGE_MARK } from '../../wire/control/control.js';
import { forgetScore } from './room.js';

/** For the next song, or the one that lasts; null: none. */
export function chooseScore(session: Session, score: string | null): void {
  session.send({ type: 'score', score });
}

export function deleteScore(session: Session, score: string): void {
  session.send({ type: 'delete_score', score });
}

/** One's own upload of this title has ended, one way or the other. */
export function endScoreUpload(session: Session, title: string): void {
  if (session.room.value) session.room.value = forgetScore(session.room.value, title);
}

/** Everybody sees this page where she hears what one hears now. False: nothing of the song is heard yet. */
export function turnForAll(session: Session, page: number): boolean {
  const heard = session.heardNow();
  if (heard === null) return false;
  const position = Math.round(heard);
  session.send({ type: 'mark', mark: { id: `page ${position}`, position, kind: PAGE_MARK, payload: String(page) } });
  return true;
}
