// Uploading a score: by button or by dropping a file, with its progress, first of the way there, then of its preparation; also of
// what others upload.
import { useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { said } from '../../i18n/server.js';
import { t } from '../../i18n/words.js';
import { uploadScore, type Upload } from '../../net/upload.js';
import { Problem } from '../../page/parts/parts.js';
import { Progress } from '../../page/parts/progress.js';
import type { Session } from '../../session/session.js';
import type { RoomState } from '../../state/room.js';
import { endScoreUpload } from './commands.js';

const KINDS = 'application/pdf,image/png,image/jpeg,image/webp,.pdf,.png,.jpg,.jpeg,.webp';
const MOST_BYTES = 20_000_000;

interface Sending {
  /** Of the score. */
  title: string;
  share: number;
  /** The line is broken, and the upload waits for it. */
  broken: boolean;
}

const percent = (share: number): number => Math.round(share * 100);

export function ScoreUpload({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const [sending, setSending] = useState<Sending | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const upload = useRef<Upload | null>(null);
  const input = useRef<HTMLInputElement>(null);

  const send = async (file: File | undefined): Promise<void> => {
    if (!file || sending) return;
    setProblem(null);
    if (file.size > MOST_BYTES) {
      setProblem(t.scores.tooLarge);
      return;
    }
    let now: Sending = { title: file.name, share: 0, broken: false };
    const show = (change: Partial<Sending>): void => setSending((now = { ...now, ...change }));
    show({});
    upload.current = uploadScore(session.roomId, room.token, file, {
      named: (title) => show({ title }),
      progress: (share) => show({ share }),
      broken: (broken) => show({ broken }),
    });
    const result = await upload.current.done;
    upload.current = null;
    setSending(null);
    endScoreUpload(session, now.title);
    if (!result.ok) setProblem(result.error);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void send(event.dataTransfer?.files[0]);
  };
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
        <Progress
          words={wordsOf(sending, room.scoresPreparing[sending.title] ?? 0)}
          share={sending.share < 1 ? sending.share : (room.scoresPreparing[sending.title] ?? 0)}
        />
      ) : (
        <button type="button" class="secondary wide" disabled={!session.connected.value} onClick={() => input.current?.click()}>
          {t.scores.uploadAScore}
        </button>
      )}
      {sending && sending.share < 1 && (
        <button type="button" class="quiet" onClick={() => upload.current?.cancel()}>
          {t.scores.stopTheUpload}
        </button>
      )}
      <ScoresOfOthers room={room} own={sending?.title ?? null} />
      {!sending && <p class="hint">{t.scores.orDropAFileHere}</p>}
      {problem !== null && <Problem>{problem}</Problem>}
      <input
        ref={input}
        type="file"
        accept={KINDS}
        class="only-read"
        tabIndex={-1}
        aria-label={t.scores.scoreToUpload}
        onChange={(event) => {
          void send(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}

/** What is being prepared, and what became of it; but for one's own. */
export function ScoresOfOthers({ room, own }: { room: RoomState; own: string | null }): JSX.Element {
  return (
    <>
      {Object.entries(room.scoresPreparing)
        .filter(([title]) => title !== own)
        .map(([title, share]) => (
          <Progress key={title} words={t.scores.preparing({ title, round: percent(share) })} share={share} />
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

function wordsOf({ title, share, broken }: Sending, prepared: number): string {
  if (broken) return t.scores.theNetworkIsAway({ title, round: percent(share) });
  if (share < 1) return t.scores.uploading({ title, round: percent(share) });
  return t.scores.drawingThePages({ round: percent(prepared) });
}
