// Recording, between the songs: what is recorded, one's own part in it, and the way to what was.
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import type { Session } from '../../session/session.js';
import { may, yourself, type RoomState } from '../../state/room.js';
import { leaveOut, record } from './commands.js';
import { hearsRecordings, lossWords, recordingsPath, stateWords, titleOf } from './words.js';

export function RecordingsPanel({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const { recording: policy } = room.room;
  const you = yourself(room);
  const fixed = !session.connected.value;
  const [latest] = room.recordings;
  const hears = hearsRecordings(room);
  return (
    <section class="panel recordings-panel" aria-labelledby="recordings" data-keeps-focus>
      <h2 id="recordings">{t.recordings.recordings}</h2>
      <p class="hint">{policyWords(policy, hears)}</p>
      {policy === 'ask' && may(room, 'record') && <RecordSwitch session={session} room={room} />}
      {policy !== 'off' && you.role === 'singer' && (
        <label class="check">
          <input type="checkbox" checked={you.left_out} disabled={fixed} onChange={(event) => leaveOut(session, event.currentTarget.checked)} />
          <span>
            <strong>{t.recordings.leaveMeOut}</strong>
            <small>{t.recordings.noTrackNorMix}</small>
          </span>
        </label>
      )}
      {latest && (
        <p role="status" class="latest-recording">
          <strong>{titleOf(latest)}</strong>: {stateWords(latest) ?? t.recordings.ready} {lossWords(latest).join(' ')}
        </p>
      )}
      {hears && (
        <p class="actions">
          <a class="button secondary" href={recordingsPath(session.roomId)} target="_blank" rel="noopener">
            {t.recordings.listenToThem}
            <span class="only-read"> {t.recordings.inANewTab}</span>
          </a>
        </p>
      )}
    </section>
  );
}

function policyWords(policy: RoomState['room']['recording'], hears: boolean): string {
  if (policy === 'off') return t.recordings.notHere;
  const what = policy === 'always' ? t.recordings.everySongIs : t.recordings.decidedSongBySong;
  return hears ? what : t.recordings.onlyOrganiserHears({ what });
}

function RecordSwitch({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const { song } = room;
  const playing = song.state === 'playing';
  const on = playing ? song.recording : song.record_next;
  return (
    <label class="check">
      <input type="checkbox" checked={on} disabled={!session.connected.value} onChange={(event) => record(session, event.currentTarget.checked)} />
      <span>
        <strong>{playing ? t.recordings.recordThisSong : t.recordings.recordTheNextSong}</strong>
        <small>{t.recordings.everybodySeesASign}</small>
      </span>
    </label>
  );
}

/** For who has left. */
export function RecordingsLink({ room }: { room: string }): JSX.Element {
  return (
    <p>
      <a href={recordingsPath(room)}>{t.recordings.ofThisRoom}</a>
    </p>
  );
}
