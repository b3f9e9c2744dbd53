// Uploading a backing track. What others upload is shown while it is prepared, and when that failed, why.
import type { JSX } from 'preact';
import { soundLength } from '../../net/sound_length.js';
import { uploadTrack } from '../../net/upload.js';
import type { RoomState } from '../../state/room.js';
import type { Session } from '../../session/session.js';
import { endUpload, keepUpload } from './commands.js';
import { FileUpload, type FileUploadWords } from '../../page/parts/file_upload.js';
import { Progress } from '../../page/parts/progress.js';
import { said } from '../../i18n/server.js';
import { t } from '../../i18n/words.js';

const KINDS = 'audio/*,video/mp4,video/quicktime,video/webm,.mp3,.m4a,.mp4,.mov,.webm,.wav,.aif,.aiff,.caf,.flac,.ogg,.oga,.opus,.wma';

const words = (): FileUploadWords => ({
  choose: t.tracks.uploadATrack,
  stop: t.tracks.stopTheUpload,
  drop: t.tracks.orDropAFileHere,
  label: t.tracks.soundFileToUpload,
  broken: t.tracks.theNetworkIsAwayGoes,
  uploading: t.tracks.uploading,
  preparing: t.tracks.preparingTheTrack,
});

export function TrackUpload({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  return (
    <FileUpload
      words={words()}
      kinds={KINDS}
      disabled={!session.connected.value}
      begin={async (file, events) => uploadTrack(session.roomId, room.token, file, await soundLength(file), events)}
      prepared={(name) => room.preparing[name]}
      onEnd={(name, result) => {
        endUpload(session, name);
        if (result.ok) keepUpload(session, result.value, room.you);
      }}
    >
      {(own) => <TracksOfOthers room={room} own={own} />}
    </FileUpload>
  );
}

function TracksOfOthers({ room, own }: { room: RoomState; own: string | null }): JSX.Element {
  return (
    <>
      {Object.entries(room.preparing)
        .filter(([name]) => name !== own)
        .map(([name, share]) => (
          <Progress key={name} words={t.tracks.preparing({ name, round: Math.round(share * 100) })} share={share} />
        ))}
      {Object.entries(room.failed)
        .filter(([name]) => name !== own)
        .map(([name, reason]) => (
          <p key={name} class="hint">
            {t.tracks.isNoTrack({ name, reason: said(reason.english, reason) })}
          </p>
        ))}
    </>
  );
}
