// The credits of the evening, for organisers: to be read, printed, or kept as a file. This browser notes what is sung.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { dateText } from '../../i18n/format.js';
import { language, t } from '../../i18n/words.js';
import { Dialog } from '../../page/parts/parts.js';
import type { Session } from '../../session/session.js';
import { yourself, type RoomState } from '../../state/room.js';
import { remembered } from '../../state/storage.js';
import { creditLines, sheetOf, sheetPage, sheetText, withSung } from './credits.js';

interface SheetProps {
  session: Session;
  room: RoomState;
}

/** Nothing for who is no organiser. */
export function CreditsSheet({ session, room }: SheetProps): JSX.Element | null {
  const [open, setOpen] = useState(false);
  const { song } = room;
  const { organiser } = yourself(room);
  useEffect(() => {
    const { track, number } = song;
    if (!organiser || song.state !== 'playing' || !track?.credits) return;
    const { name: title, credits } = track;
    remembered.setSung(session.roomId, withSung(remembered.sung(session.roomId), { number, atMs: Date.now(), title, credits }));
  }, [organiser, song.state, song.number]);
  const known = room.tracks.some(({ credits }) => credits !== undefined);
  if (!organiser || (!known && remembered.sung(session.roomId).length === 0)) return null;
  return (
    <>
      <button type="button" class="quiet" onClick={() => setOpen(true)}>
        {t.credits.ofTheEvening}
      </button>
      <Dialog title={t.credits.ofTheEvening} open={open} onClose={() => setOpen(false)}>
        <Sheet session={session} room={room} />
      </Dialog>
    </>
  );
}

function Sheet({ session, room }: SheetProps): JSX.Element {
  const now = Date.now();
  const sheet = sheetOf(remembered.sung(session.roomId), room.entries, room.tracks, now);
  const heading = `${t.credits.ofTheEvening} · ${[room.room.name, dateText(now, { dateStyle: 'long' })].filter(Boolean).join(' · ')}`;
  if (sheet.length === 0) return <p>{t.credits.noneYet}</p>;
  return (
    <div class="credits">
      <p class="hint">{t.credits.whatTheyAre}</p>
      <section class="credits-sheet" aria-label={heading}>
        <h3>{heading}</h3>
        <ol>
          {sheet.map(({ title, credits }) => (
            <li key={JSON.stringify([title, credits])}>
              <strong>{title}</strong>
              {creditLines(credits).map((line) => (
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

function save(content: string, type: string, ending: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  link.download = `${t.credits.file}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
