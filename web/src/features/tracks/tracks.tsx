// Backing tracks: choose one, upload one, delete one.
import type { JSX } from 'preact';
import { may, personOf, type RoomState } from '../../state/room.js';
import type { Session } from '../../session/session.js';
import { hearsRecordings, recordingsPath } from '../recordings/words.js';
import { FromLibrary } from './from_library.js';
import { minutes } from '../song/status.js';
import { TrashIcon } from '../../page/parts/icons.js';
import { KeepTrack } from './keep_track.js';
import { chooseTrack, deleteTrack } from './commands.js';
import { mayDeleteTrack } from './rights.js';
import { TrackUpload } from './track_upload.js';
import { numberText } from '../../i18n/format.js';
import { t } from '../../i18n/words.js';
import type { Track } from '../../wire/control/control.js';

export function Tracks({ session, room, credits = null }: { session: Session; room: RoomState; credits?: JSX.Element | null }): JSX.Element {
  const mayChoose = may(room, 'track');
  const connected = session.connected.value;
  const fixed = !mayChoose || !connected;
  const { tracks, track } = room;
  const choose = (id: string | null): void => chooseTrack(session, id);
  return (
    <section class="panel tracks" aria-labelledby="tracks" data-keeps-focus>
      <h2 id="tracks">{t.tracks.backingTrack}</h2>
      {tracks.length === 0 && !mayChoose && <p class="hint">{t.tracks.noneSoFar}</p>}
      {(tracks.length > 0 || mayChoose) && (
        <fieldset class="track-list">
          <legend class="only-read">{t.tracks.trackOfTheNextSong}</legend>
          <label class={track === null ? 'track chosen' : 'track'}>
            <input type="radio" name="track" checked={track === null} disabled={fixed} onChange={() => choose(null)} />
            <span class="track-name">{t.tracks.noTrackOnlyVoices}</span>
          </label>
          {tracks.map((one) => (
            <div key={one.id} class="track-row">
              <label class={track === one.id ? 'track chosen' : 'track'}>
                <input type="radio" name="track" checked={track === one.id} disabled={fixed} onChange={() => choose(one.id)} />
                <span class="track-name">
                  {one.name}
                  {creditsText(one) !== '' && <small class="hint">{creditsText(one)}</small>}
                </span>
                <span class="track-length">{minutes(one.seconds)}</span>
              </label>
              <button
                type="button"
                class="quiet delete"
                aria-label={t.tracks.deleteWord({ name: one.name })}
                disabled={!connected || !mayDeleteTrack(room, one.id, session.uploads.value)}
                onClick={() => deleteTrack(session, one.id)}
              >
                <TrashIcon />
              </button>
            </div>
          ))}
        </fieldset>
      )}
      {!mayChoose && tracks.length > 0 && <p class="hint">{whoChooses(room)}</p>}
      <TrackUpload session={session} room={room} />
      <KeepTrack session={session} room={room} />
      <FromLibrary session={session} room={room} />
      {credits}
      {room.room.recording !== 'off' && hearsRecordings(room) && (
        <a class="button quiet wide" href={recordingsPath(session.roomId)} target="_blank" rel="noopener">
          {t.recordings.fromARecording}
          <span class="only-read"> {t.recordings.inANewTab}</span>
        </a>
      )}
    </section>
  );
}

/** Whose a song of the library is, its key and its tempo. */
function creditsText({ credits }: Track): string {
  const tempo = credits?.tempo_bpm;
  return [credits?.artist, credits?.key, tempo === undefined ? null : `♩ = ${numberText(tempo)}`].filter(Boolean).join(' · ');
}

function whoChooses(room: RoomState): string {
  const leader = personOf(room, room.leader);
  return leader ? t.tracks.choosesAsTheLeader({ name: leader.name }) : t.tracks.whoeverLeadsChooses;
}
