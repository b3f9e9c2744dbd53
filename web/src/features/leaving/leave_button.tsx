// Leaving: asked first while a song is on that one sings or leads, or while one records, whichever way one goes.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { leaveRoom } from './commands.js';
import { leavingWords, wouldBeMissed } from './leaving.js';
import { recordings } from '../recording/recordings.js';
import type { RoomState } from '../../state/room.js';
import type { Session } from '../../session/session.js';
import { LeaveIcon } from '../../page/parts/icons.js';
import { Dialog } from '../../page/parts/parts.js';
import { holdBack } from '../../page/routes.js';
import { t } from '../../i18n/words.js';

export function LeaveButton({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const [asking, setAsking] = useState(false);
  const missed = (): boolean => wouldBeMissed(session.room.value, session.connection.value);
  const records = recordings.running.value !== null;
  const asks = (): boolean => missed() || recordings.running.value !== null;
  useEffect(() => {
    const closing = (event: BeforeUnloadEvent): void => {
      if (!asks()) return;
      event.preventDefault();
      // For older browsers.
      event.returnValue = true;
    };
    window.addEventListener('beforeunload', closing);
    // The browser's Back button.
    const release = holdBack(() => {
      const held = asks();
      if (held) setAsking(true);
      return held;
    });
    return () => {
      window.removeEventListener('beforeunload', closing);
      release();
    };
  }, [session]);
  return (
    <>
      <button type="button" class="quiet" onClick={() => (asks() ? setAsking(true) : leaveRoom(session))}>
        <LeaveIcon />
        {t.leaving.leave}
      </button>
      <Dialog title={missed() ? t.leaving.leaveInTheMiddleOf : t.leaving.leaveNow} open={asking} onClose={() => setAsking(false)}>
        {leavingWords(room, missed(), records).map((words) => (
          <p key={words}>{words}</p>
        ))}
        <p class="actions">
          <button type="button" class="primary large" onClick={() => setAsking(false)}>
            {t.leaving.stay}
          </button>
          <button type="button" class="secondary large" onClick={() => leaveRoom(session)}>
            {t.leaving.leaveNow2}
          </button>
        </p>
      </Dialog>
    </>
  );
}
