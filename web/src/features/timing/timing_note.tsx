// Between songs: one was steadily early or late in the last one, and one press puts that right. Never in the middle of a song.
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';
import type { RoomState } from '../../state/room.js';
import { putTimingAway, putTimingRight, takeTimingBack } from './commands.js';
import { appliedWords, ownTimingWords } from './timing.js';
import { t } from '../../i18n/words.js';

export function TimingNote({ session, room }: { session: Session; room: RoomState }): JSX.Element | null {
  if (room.song.state === 'playing') return null;
  const applied = session.timing.applied.value;
  if (applied !== null)
    return (
      <Note text={appliedWords(applied.lateMs)}>
        <Button text={t.timing.takeItBack} press={() => takeTimingBack(session)} />
        <Button text={t.timing.putAway} quiet press={() => putTimingAway(session)} />
      </Note>
    );
  const lateMs = session.timing.lateMs.value;
  if (lateMs === null) return null;
  return (
    <Note text={t.timing.onePressPutsThatRight({ ownTimingWords: ownTimingWords(room, lateMs) })}>
      <Button text={t.timing.putItRight} press={() => putTimingRight(session)} />
      <Button text={t.timing.notNow} quiet press={() => putTimingAway(session)} />
    </Note>
  );
}

function Note({ text, children }: { text: string; children: JSX.Element[] }): JSX.Element {
  return (
    <div class="note held timing-note">
      <p role="status">{text}</p>
      <span class="note-buttons">{children}</span>
    </div>
  );
}

function Button({ text, quiet = false, press }: { text: string; quiet?: boolean; press: () => void }): JSX.Element {
  return (
    <button type="button" class={quiet ? 'quiet' : 'secondary'} onClick={press}>
      {text}
    </button>
  );
}
