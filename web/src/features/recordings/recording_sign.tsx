// That a song is recorded, for everybody to see: beside the song, and on a hall's screen.
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import type { Session } from '../../session/session.js';
import { may, yourself, type RoomState } from '../../state/room.js';
import { leaveOut } from './commands.js';
import { signOf } from './sign.js';

export function RecordingSign({ session, room }: { session: Session; room: RoomState }): JSX.Element | null {
  const sign = signOf(room);
  if (sign === null) return null;
  const you = yourself(room);
  const mayLeave = you.role === 'singer' && may(room, 'leave_out');
  return (
    <div class={`recording-sign ${sign.tone}`} role={sign.tone === 'trouble' ? 'alert' : 'status'} data-keeps-focus>
      <span class="recording-dot" aria-hidden="true" />
      <span class="recording-words">{sign.words}</span>
      {mayLeave && sign.tone !== 'trouble' && (
        <button type="button" class="quiet" disabled={!session.connected.value} onClick={() => leaveOut(session, !you.left_out)}>
          {you.left_out ? t.recordings.recordMeToo : t.recordings.leaveMeOut}
        </button>
      )}
    </div>
  );
}

/** The same for a hall's screen: nothing to press. */
export function RecordingSignOnScreen({ room }: { room: RoomState }): JSX.Element | null {
  const sign = signOf(room);
  if (sign === null || sign.tone === 'soon') return null;
  return (
    <span class={`recording-sign ${sign.tone}`}>
      <span class="recording-dot" aria-hidden="true" />
      <span class="recording-words">{sign.short}</span>
    </span>
  );
}
