// The credits of the evening, for organisers: to be read, printed, or kept as a file. The server notes what is sung.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { under } from '../../base_path.js';
import { dateText } from '../../i18n/format.js';
import { language, t } from '../../i18n/words.js';
import { askSung, type SungSong } from '../../net/sung.js';
import { Dialog, Problem } from '../../page/parts/parts.js';
import type { Session } from '../../session/session.js';
import { yourself, type RoomState } from '../../state/room.js';
import type { Result } from '../../wire/result.js';
import { songPath } from '../library/library.js';
import { sheetOf, sheetPage, sheetText, songLines, type SheetSong } from './credits.js';

interface SheetProps {
  session: Session;
  room: RoomState;
}

/** Nothing for who is no organiser, nor where there is nothing to sing to and nothing was sung. */
export function CreditsSheet({ session, room }: SheetProps): JSX.Element | null {
  const [open, setOpen] = useState(false);
  if (!yourself(room).organiser || (room.tracks.length === 0 && room.song.number === 0)) return null;
  return (
    <>
      <button type="button" class="quiet" onClick={() => setOpen(true)}>
        {t.credits.ofTheEvening}
      </button>
      <Dialog title={t.credits.ofTheEvening} open={open} onClose={() => setOpen(false)}>
        <AskedSheet session={session} room={room} />
      </Dialog>
    </>
  );
}

/** Asked for when it is opened, and whenever a song begins or is over meanwhile. */
function AskedSheet({ session, room }: SheetProps): JSX.Element {
  const [answer, setAnswer] = useState<Result<SungSong[]> | null>(null);
  const [tries, setTries] = useState(0);
  const { token } = room;
  const { number, state } = room.song;
  useEffect(() => {
    let here = true;
    void askSung({ room: session.roomId, token }).then((told) => here && setAnswer(told));
    return () => {
      here = false;
    };
  }, [session, token, number, state, tries]);
  if (answer === null) return <p role="status">{t.credits.lookingForThem}</p>;
  if (!answer.ok)
    return (
      <Problem>
        {answer.error}{' '}
        <button type="button" class="secondary" onClick={() => setTries(tries + 1)}>
          {t.credits.tryAgain}
        </button>
      </Problem>
    );
  return <Sheet name={room.room.name} sheet={sheetOf(answer.value)} />;
}

function Sheet({ name, sheet }: { name: string; sheet: SheetSong[] }): JSX.Element {
  const heading = `${t.credits.ofTheEvening} · ${[name, dateText(Date.now(), { dateStyle: 'long' })].filter(Boolean).join(' · ')}`;
  if (sheet.length === 0) return <p>{t.credits.noneYet}</p>;
  return (
    <div class="credits">
      <p class="hint">{t.credits.whatTheyAre}</p>
      <section class="credits-sheet" aria-label={heading}>
        <h3>{heading}</h3>
        <ol>
          {sheet.map((song) => (
            <li key={JSON.stringify([song.title, song.credits])}>
              <strong>{song.librarySong === null ? song.title : <InTheLibrary id={song.librarySong} title={song.title} />}</strong>
              {songLines(song).map((line) => (
                <span key={line}>{line}</span>
              ))}
            </li>
          ))}
        </ol>
      </section>
      <p class="actions">
        <button type="button" class="primary" onClick={() => window.print()}>
          {t.credits.print}
        </button>
        <button type="button" class="secondary" onClick={() => save(sheetPage(heading, language.value, sheet), 'text/html', 'html')}>
          {t.credits.asAPage}
        </button>
        <button type="button" class="secondary" onClick={() => save(sheetText(heading, sheet), 'text/plain', 'txt')}>
          {t.credits.asText}
        </button>
      </p>
    </div>
  );
}

/** In a tab of its own: one does not leave the room. */
function InTheLibrary({ id, title }: { id: number; title: string }): JSX.Element {
  return (
    <a href={under(songPath(id))} target="_blank" rel="noopener">
      {title}
      <span class="only-read"> {t.recordings.inANewTab}</span>
    </a>
  );
}

function save(content: string, type: string, ending: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  link.download = `${t.credits.file}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
