// In the room: one's own microphone hears one's own loudspeaker, and what to do; to organisers and engineers, whose does.
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';
import { yourself, type RoomState } from '../../state/room.js';
import { denyLoudspeaker, putIntoLastBucket, singInLastBucket } from './commands.js';
import { mayMoveNow, otherLoudspeakers } from './loudspeaker.js';
import { t } from '../../i18n/words.js';

interface NotesProps {
  session: Session;
  room: RoomState;
}

export function LoudspeakerNotes({ session, room }: NotesProps): JSX.Element {
  return (
    <>
      {session.loudspeaker.disturbs.value && <OwnNote session={session} room={room} />}
      {otherLoudspeakers(room).map((person) => (
        <p key={person.id} class="note held" role="status">
          <span>
            <strong>{t.loudspeaker.sMicrophoneHearsALoudspeaker({ name: person.name })}</strong>{' '}
            {t.loudspeaker.theGroupsBehindHearTwice({ name: person.name })}
          </span>
          {mayMoveNow(room, person) && (
            <span class="note-buttons">
              <button type="button" class="secondary" disabled={!session.connected.value} onClick={() => putIntoLastBucket(session, person.id)}>
                {t.loudspeaker.putIntoTheLastGroup({ name: person.name })}
              </button>
            </span>
          )}
        </p>
      ))}
    </>
  );
}

function OwnNote({ session, room }: NotesProps): JSX.Element {
  const leads = yourself(room).leader;
  return (
    <div class="note warning held" role="alert">
      <p>
        <strong>{t.loudspeaker.yourMicrophoneHearsYourLoudspeaker}</strong>{' '}
        {leads ? t.loudspeaker.putOnHeadphonesOrMake : t.loudspeaker.putOnHeadphonesOrSing}
      </p>
      <span class="note-buttons">
        {!leads && (
          <button type="button" class="secondary" disabled={!session.connected.value} onClick={() => singInLastBucket(session)}>
            {t.loudspeaker.singInTheLastGroup}
          </button>
        )}
        <button type="button" class="quiet" onClick={() => denyLoudspeaker(session)}>
          {t.loudspeaker.itIsNotSo}
        </button>
      </span>
    </div>
  );
}
