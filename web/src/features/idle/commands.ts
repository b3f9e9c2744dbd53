// What others are told of somebody who does not touch her page.
import type { Session } from '../../session/session.js';
import { t } from '../../i18n/words.js';

export function tellAway(session: Session, away: boolean): void {
  session.send({ type: 'away', away });
}

export function stopSinging(session: Session): void {
  session.send({ type: 'role', role: 'listener' });
  session.notices.notify('news', () => t.idle.youDidNotAnswerYou);
}
