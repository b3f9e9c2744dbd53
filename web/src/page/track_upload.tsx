// Uploading a backing track: by button or by dropping a file, with its progress, first of the way there, then of its preparation.
import { useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { uploadTrack, type Upload } from '../net/upload.js';
import { forgetPreparing, type RoomState } from '../state/room.js';
import type { Session } from '../state/session.js';
import { Problem } from './parts.js';

interface Sending {
  name: string;
  share: number;
}

const KINDS = '.wav,.flac,.ogg,.oga,.opus,.mp3,audio/*';

export function TrackUpload({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const [sending, setSending] = useState<Sending | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const upload = useRef<Upload | null>(null);
  const input = useRef<HTMLInputElement>(null);

  const send = async (file: File | undefined): Promise<void> => {
    if (!file || sending) return;
    setProblem(null);
    setSending({ name: file.name, share: 0 });
    upload.current = uploadTrack(session.roomId, room.token, file, (share) => setSending({ name: file.name, share }));
    const result = await upload.current.done;
    upload.current = null;
    setSending(null);
    const now = session.room.value;
    if (now) session.room.value = forgetPreparing(now, file.name);
    if (result.ok) session.keepUpload(result.value, room.you);
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
          Upload a track
        </button>
      )}
      {sending && sending.share < 1 && (
        <button type="button" class="quiet" onClick={() => upload.current?.cancel()}>
          Stop the upload
        </button>
      )}
      {others.map(([name, share]) => (
        <Progress key={name} words={`Preparing “${name}” ... ${Math.round(share * 100)} %`} share={share} />
      ))}
      {!sending && <p class="hint">Or drop a file here: MP3, WAV, FLAC, Ogg or Opus.</p>}
      {problem && <Problem>{problem}</Problem>}
      <input
        ref={input}
        type="file"
        accept={KINDS}
        class="only-read"
        tabIndex={-1}
        aria-label="Sound file to upload"
        onChange={(event) => {
          void send(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}

function wordsOf(sending: Sending, prepared: number | undefined): string {
  if (sending.share < 1) return `Uploading “${sending.name}” ... ${Math.round(sending.share * 100)} %`;
  return `Preparing the track ... ${Math.round((prepared ?? 0) * 100)} %`;
}

function shareOf(sending: Sending, prepared: number | undefined): number {
  return sending.share < 1 ? sending.share : (prepared ?? 0);
}

function Progress({ words, share }: { words: string; share: number }): JSX.Element {
  return (
    <div class="progress">
      <p>{words}</p>
      <progress max={1} value={share} aria-label={words} />
    </div>
  );
}
