// In the room: one's own microphone hears one's own loudspeaker, and what to do; to organisers and engineers, whose does.
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';
import { yourself, type RoomState } from '../../state/room.js';
import { denyLoudspeaker, putIntoLastBucket, singInLastBucket } from './commands.js';
import { mayMoveNow, otherLoudspeakers } from './loudspeaker.js';

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
            <strong>{person.name}’s microphone hears a loudspeaker.</strong> The groups behind hear the song twice. Ask {person.name} to put on
            headphones; in the last group it disturbs nobody.
          </span>
          {mayMoveNow(room, person) && (
            <span class="note-buttons">
              <button
                type="button"
                class="secondary"
                disabled={!session.connected.value}
                onClick={() => putIntoLastBucket(session, person.id)}
              >{`Put ${person.name} into the last group`}</button>
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
        <strong>Your microphone hears your loudspeaker.</strong> The others hear the song twice.{' '}
        {leads ? 'Put on headphones, or make your sound softer.' : 'Put on headphones, or sing in the last group, where it disturbs nobody.'}
      </p>
      <span class="note-buttons">
        {!leads && (
          <button type="button" class="secondary" disabled={!session.connected.value} onClick={() => singInLastBucket(session)}>
            Sing in the last group
          </button>
        )}
        <button type="button" class="quiet" onClick={() => denyLoudspeaker(session)}>
          It is not so
        </button>
      </span>
    </div>
  );
}
