// Recording, between the songs: what is recorded, one's own part in it, and the way to what was.
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';
import { may, yourself, type RoomState } from '../../state/room.js';
import { leaveOut, record } from './commands.js';
import { lossWords, recordingsPath, stateWords, titleOf } from './words.js';

export function RecordingsPanel({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const { recording: policy, recordings_for: whom } = room.room;
  const you = yourself(room);
  const fixed = !session.connected.value;
  const [latest] = room.recordings;
  const hears = whom === 'everyone' || you.organiser;
  return (
    <section class="panel recordings-panel" aria-labelledby="recordings" data-keeps-focus>
      <h2 id="recordings">Recordings</h2>
      <p class="hint">{policyWords(policy, hears)}</p>
      {policy === 'ask' && may(room, 'record') && <RecordSwitch session={session} room={room} />}
      {policy !== 'off' && you.role === 'singer' && (
        <label class="check">
          <input type="checkbox" checked={you.left_out} disabled={fixed} onChange={(event) => leaveOut(session, event.currentTarget.checked)} />
          <span>
            <strong>Leave me out</strong>
            <small>Everybody hears you as always; no track of your voice is kept, and you are not in the mix that is made of the tracks.</small>
          </span>
        </label>
      )}
      {latest && (
        <p role="status" class="latest-recording">
          <strong>{titleOf(latest)}</strong>: {stateWords(latest) ?? 'ready to be heard.'} {lossWords(latest).join(' ')}
        </p>
      )}
      {hears && (
        <p class="actions">
          <a class="button secondary" href={recordingsPath(session.roomId)} target="_blank" rel="noopener">
            Listen to the recordings<span class="only-read"> in a new tab</span>
          </a>
        </p>
      )}
    </section>
  );
}

function policyWords(policy: RoomState['room']['recording'], hears: boolean): string {
  if (policy === 'off') return 'Songs are not recorded in this room.';
  const what = policy === 'always' ? 'Every song is recorded.' : 'Whoever leads or organises decides song by song.';
  return hears ? what : `${what} Only the organiser can hear the recordings.`;
}

function RecordSwitch({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const { song } = room;
  const playing = song.state === 'playing';
  const on = playing ? song.recording : song.record_next;
  return (
    <label class="check">
      <input type="checkbox" checked={on} disabled={!session.connected.value} onChange={(event) => record(session, event.currentTarget.checked)} />
      <span>
        <strong>{playing ? 'Record this song' : 'Record the next song'}</strong>
        <small>Everybody sees a sign while it is recorded.</small>
      </span>
    </label>
  );
}

/** For who has left. */
export function RecordingsLink({ room }: { room: string }): JSX.Element {
  return (
    <p>
      <a href={recordingsPath(room)}>Recordings of this room</a>
    </p>
  );
}
