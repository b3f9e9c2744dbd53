// Between songs: one was steadily early or late in the last one, and one press puts that right. Never in the middle of a song.
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';
import type { RoomState } from '../../state/room.js';
import { putTimingAway, putTimingRight, takeTimingBack } from './commands.js';
import { appliedWords, ownTimingWords } from './timing.js';

export function TimingNote({ session, room }: { session: Session; room: RoomState }): JSX.Element | null {
  if (room.song.state === 'playing') return null;
  const applied = session.timing.applied.value;
  if (applied !== null)
    return (
      <Note text={appliedWords(applied.lateMs)}>
        <Button text="Take it back" press={() => takeTimingBack(session)} />
        <Button text="Put away" quiet press={() => putTimingAway(session)} />
      </Note>
    );
  const lateMs = session.timing.lateMs.value;
  if (lateMs === null) return null;
  return (
    <Note text={`${ownTimingWords(lateMs)} One press puts that right for this microphone and these headphones.`}>
      <Button text="Put it right" press={() => putTimingRight(session)} />
      <Button text="Not now" quiet press={() => putTimingAway(session)} />
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
