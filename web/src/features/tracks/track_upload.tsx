// Uploading a backing track: by button or by dropping a file, with its progress, first of the way there, then of its preparation.
// What others upload is shown while it is prepared, and when that failed, why.
import { useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { soundLength } from '../../net/sound_length.js';
import { uploadTrack, type Upload } from '../../net/upload.js';
import type { RoomState } from '../../state/room.js';
import type { Session } from '../../session/session.js';
import { endUpload, keepUpload } from './commands.js';
import { Problem } from '../../page/parts/parts.js';
import { Progress } from '../../page/parts/progress.js';
import { said } from '../../i18n/server.js';
import { t } from '../../i18n/words.js';

interface Sending {
  /** Of the track. */
  name: string;
  share: number;
  /** The line is broken, and the upload waits for it. */
  broken: boolean;
}

const KINDS = 'audio/*,video/mp4,video/quicktime,video/webm,.mp3,.m4a,.mp4,.mov,.webm,.wav,.aif,.aiff,.caf,.flac,.ogg,.oga,.opus,.wma';

export function TrackUpload({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const [sending, setSending] = useState<Sending | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const upload = useRef<Upload | null>(null);
  const input = useRef<HTMLInputElement>(null);

  const send = async (file: File | undefined): Promise<void> => {
    if (!file || sending) return;
    setProblem(null);
    let now: Sending = { name: file.name, share: 0, broken: false };
    const show = (change: Partial<Sending>): void => setSending((now = { ...now, ...change }));
    show({});
    const seconds = await soundLength(file);
    upload.current = uploadTrack(session.roomId, room.token, file, seconds, {
      named: (name) => show({ name }),
      progress: (share) => show({ share }),
      broken: (broken) => show({ broken }),
    });
    const result = await upload.current.done;
    upload.current = null;
    setSending(null);
    endUpload(session, now.name);
    if (result.ok) keepUpload(session, result.value, room.you);
    else setProblem(result.error);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void send(event.dataTransfer?.files[0]);
  };
  const others = Object.entries(room.preparing).filter(([name]) => name !== sending?.name);

  return (
    <div
      class={over ? 'upload over' : 'upload'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {sending ? (
        <Progress words={wordsOf(sending, room.preparing[sending.name])} share={shareOf(sending, room.preparing[sending.name])} />
      ) : (
        <button type="button" class="secondary wide" onClick={() => input.current?.click()}>
          {t.tracks.uploadATrack}
        </button>
      )}
      {sending && sending.share < 1 && (
        <button type="button" class="quiet" onClick={() => upload.current?.cancel()}>
          {t.tracks.stopTheUpload}
        </button>
      )}
      {others.map(([name, share]) => (
        <Progress key={name} words={t.tracks.preparing({ name, round: Math.round(share * 100) })} share={share} />
      ))}
      {Object.entries(room.failed)
        .filter(([name]) => name !== sending?.name)
        .map(([name, reason]) => (
          <p key={name} class="hint">
            {t.tracks.isNoTrack({ name, reason: said(reason.english, reason) })}
          </p>
        ))}
      {!sending && <p class="hint">{t.tracks.orDropAFileHere}</p>}
      {problem && <Problem>{problem}</Problem>}
      <input
        ref={input}
        type="file"
        accept={KINDS}
        class="only-read"
        tabIndex={-1}
        aria-label={t.tracks.soundFileToUpload}
        onChange={(event) => {
          void send(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}

function wordsOf(sending: Sending, prepared: number | undefined): string {
  if (sending.broken) return t.tracks.theNetworkIsAwayGoes({ name: sending.name, round: Math.round(sending.share * 100) });
  if (sending.share < 1) return t.tracks.uploading({ name: sending.name, round: Math.round(sending.share * 100) });
  return t.tracks.preparingTheTrack({ round: Math.round((prepared ?? 0) * 100) });
}

function shareOf(sending: Sending, prepared: number | undefined): number {
  return sending.share < 1 ? sending.share : (prepared ?? 0);
}
