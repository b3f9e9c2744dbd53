// Uploading a score, and what others upload.
import type { JSX } from 'preact';
import { said } from '../../i18n/server.js';
import { t } from '../../i18n/words.js';
import { uploadScore } from '../../net/upload.js';
import { FileUpload, type FileUploadWords } from '../../page/parts/file_upload.js';
import { Progress } from '../../page/parts/progress.js';
import type { Session } from '../../session/session.js';
import type { RoomState } from '../../state/room.js';
import { endScoreUpload } from './commands.js';

const KINDS = 'application/pdf,image/png,image/jpeg,image/webp,.pdf,.png,.jpg,.jpeg,.webp';
const MOST_BYTES = 20_000_000;

const words = (): FileUploadWords => ({
  choose: t.scores.uploadAScore,
  stop: t.scores.stopTheUpload,
  drop: t.scores.orDropAFileHere,
  label: t.scores.scoreToUpload,
  broken: ({ name, round }) => t.scores.theNetworkIsAway({ title: name, round }),
  uploading: ({ name, round }) => t.scores.uploading({ title: name, round }),
  preparing: ({ round }) => t.scores.drawingThePages({ round }),
});

export function ScoreUpload({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  return (
    <FileUpload
      words={words()}
      kinds={KINDS}
      disabled={!session.connected.value}
      refuse={(file) => (file.size > MOST_BYTES ? t.scores.tooLarge : null)}
      begin={(file, events) => uploadScore(session.roomId, room.token, file, events)}
      prepared={(title) => room.scoresPreparing[title]}
      onEnd={(title) => endScoreUpload(session, title)}
    >
      {(own) => <ScoresOfOthers room={room} own={own} />}
    </FileUpload>
  );
}

/** What is being prepared, and what became of it; but for one's own. */
export function ScoresOfOthers({ room, own }: { room: RoomState; own: string | null }): JSX.Element {
  return (
    <>
      {Object.entries(room.scoresPreparing)
        .filter(([title]) => title !== own)
        .map(([title, share]) => (
          <Progress key={title} words={t.scores.preparing({ title, round: Math.round(share * 100) })} share={share} />
        ))}
      {Object.entries(room.scoresFailed)
        .filter(([title]) => title !== own)
        .map(([title, reason]) => (
          <p key={title} class="hint">
            {t.scores.isNoScore({ title, reason: said(reason.english, reason) })}
          </p>
        ))}
    </>
  );
}
