// A file is uploaded: by button or by dropping it, with its progress, first of the way there, then of what becomes of it there; until
// all has been sent one may stop it.
import { useRef, useState } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import type { Upload, UploadEvents } from '../../net/upload.js';
import type { Result } from '../../wire/result.js';
import { FileChoice } from './file_choice.js';
import { Problem } from './parts.js';
import { Progress } from './progress.js';

/** Of the file that is on its way, and how far it is, in percent. */
interface OnItsWay {
  name: string;
  round: number;
}

export interface FileUploadWords {
  choose: string;
  stop: string;
  drop: string;
  /** What the file is to be. */
  label: string;
  broken: (way: OnItsWay) => string;
  uploading: (way: OnItsWay) => string;
  /** `round`: of the preparation. */
  preparing: (way: OnItsWay) => string;
}

interface FileUploadProps<T> {
  words: FileUploadWords;
  /** As an input takes them. */
  kinds: string;
  disabled: boolean;
  /** Why this file will not do; null: it will. */
  refuse?: (file: File) => string | null;
  begin: (file: File, events: UploadEvents) => Upload<T> | Promise<Upload<T>>;
  /** The share of the preparation of what has this name, as far as the server told it. */
  prepared?: (name: string) => number | undefined;
  /** `name`: as the server calls it. The sentence of what went wrong is shown by this component. */
  onEnd: (name: string, result: Result<T>) => void;
  /** What stands between progress and hint, told what is one's own. */
  children?: (own: string | null) => ComponentChildren;
}

interface Sending {
  name: string;
  share: number;
  /** The line is broken, and the upload waits for it. */
  broken: boolean;
}

const percent = (share: number): number => Math.round(share * 100);

export function FileUpload<T>({ words, kinds, disabled, refuse, begin, prepared, onEnd, children }: FileUploadProps<T>): JSX.Element {
  const [sending, setSending] = useState<Sending | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const upload = useRef<Upload<T> | null>(null);

  const send = async (file: File | undefined): Promise<void> => {
    if (!file || sending) return;
    const why = refuse?.(file) ?? null;
    setProblem(why);
    if (why !== null) return;
    let now: Sending = { name: file.name, share: 0, broken: false };
    const show = (change: Partial<Sending>): void => setSending((now = { ...now, ...change }));
    show({});
    upload.current = await begin(file, {
      named: (name) => show({ name }),
      progress: (share) => show({ share }),
      broken: (broken) => show({ broken }),
    });
    const result = await upload.current.done;
    upload.current = null;
    setSending(null);
    onEnd(now.name, result);
    if (!result.ok) setProblem(result.error);
  };
  const ready = sending ? (prepared?.(sending.name) ?? 0) : 0;
  return (
    <FileChoice label={words.label} kinds={kinds} disabled={disabled} onFiles={([file]) => void send(file)}>
      {(choose) => (
        <>
          {sending ? (
            <Progress words={wordsOf(words, sending, ready)} share={sending.share < 1 ? sending.share : prepared ? ready : null} />
          ) : (
            <button type="button" class="secondary wide" disabled={disabled} onClick={choose}>
              {words.choose}
            </button>
          )}
          {sending && sending.share < 1 && (
            <button type="button" class="quiet" onClick={() => upload.current?.cancel()}>
              {words.stop}
            </button>
          )}
          {children?.(sending?.name ?? null)}
          {!sending && <p class="hint">{words.drop}</p>}
          {problem !== null && <Problem>{problem}</Problem>}
        </>
      )}
    </FileChoice>
  );
}

function wordsOf(words: FileUploadWords, { name, share, broken }: Sending, ready: number): string {
  if (broken) return words.broken({ name, round: percent(share) });
  if (share < 1) return words.uploading({ name, round: percent(share) });
  return words.preparing({ name, round: percent(ready) });
}
