// The page of a room's recordings, beside the room: whoever has been in it with this browser, and may hear them, finds them here.
import { useEffect, useMemo } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import { under } from '../../base_path.js';
import { t } from '../../i18n/words.js';
import { ArrivalTitle, PlainPage, Problem } from '../../page/parts/parts.js';
import { remembered } from '../../state/storage.js';
import type { Recording } from '../../wire/control/control.js';
import { RecordingBook } from './book.js';
import { RecordingCard } from './recording_card.js';
import { keptWords } from './words.js';

interface PageProps {
  room: string;
  /** Recordings on this very device. */
  own: JSX.Element;
  mixer: (book: RecordingBook, one: Recording) => ComponentChildren;
}

export function RecordingsPage({ room, own, mixer }: PageProps): JSX.Element {
  const token = remembered.token(room) ?? remembered.place(room);
  const book = useMemo(() => (token === null ? null : new RecordingBook({ room, token })), [room, token]);
  useEffect(() => {
    void book?.load();
    return () => book?.close();
  }, [book]);
  const name = book?.shown.value?.name ?? '';
  const title = name === '' ? t.recordings.recordings : t.recordings.recordingsOf({ name });
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <PlainPage>
      <div class="recordings-page">
        <ArrivalTitle>{title}</ArrivalTitle>
        {book === null ? <p class="note">{t.recordings.notLately}</p> : <Book book={book} mixer={mixer} />}
        <p class="actions">
          <a class="button secondary" href={under(`/r/${encodeURIComponent(room)}`)}>
            {t.recordings.toTheRoom}
          </a>
        </p>
        {own}
      </div>
    </PlainPage>
  );
}

export function Book({ book, mixer }: { book: RecordingBook; mixer: PageProps['mixer'] }): JSX.Element {
  const shown = book.shown.value;
  const problem = book.problem.value;
  return (
    <>
      {problem !== null && (
        <Problem>
          {problem}{' '}
          <button type="button" class="secondary" onClick={() => void book.load()}>
            {t.recordings.tryAgain}
          </button>
        </Problem>
      )}
      {shown === null && problem === null && <p role="status">{t.recordings.lookingForThem}</p>}
      {shown?.recordings.length === 0 && <p class="hint">{t.recordings.nothingYet}</p>}
      {shown?.recordings.map((one) => (
        <RecordingCard
          key={one.id}
          book={book}
          one={one}
          keeps={shown.keeps}
          mixer={shown.mixes && one.tracks.length > 0 ? mixer(book, one) : null}
        />
      ))}
      {shown?.more && <p class="hint">{t.recordings.olderOnes}</p>}
      {shown !== null && shown.recordings.length > 0 && <p class="hint">{keptWords(shown.recordings_days)}</p>}
    </>
  );
}
