// The words of the room's songs, between songs: chosen, added, edited, timed, deleted.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { PencilIcon, TrashIcon } from '../../page/parts/icons.js';
import { may, type RoomState } from '../../state/room.js';
import type { Session } from '../../session/session.js';
import type { Sheet } from '../../wire/control/control.js';
import { chooseWords, deleteWords } from './commands.js';
import { TimesDialog } from './times_dialog.js';
import { WordsDialog } from './words_dialog.js';
import { t } from '../../i18n/words.js';

type Open = { what: 'new' } | { what: 'edit' | 'times' | 'delete'; sheet: Sheet };

export function WordsList({ session, room }: { session: Session; room: RoomState }): JSX.Element | null {
  const [open, setOpen] = useState<Open | null>(null);
  const changes = may(room, 'words');
  const { sheets } = room;
  const { words } = room.plan;
  if (!changes && sheets.length === 0) return null;
  const fixed = !changes || !session.connected.value;
  const close = (): void => setOpen(null);
  return (
    <section class="panel words-list" aria-labelledby="words-list" data-keeps-focus>
      <h2 id="words-list">{t.sheets.words}</h2>
      <fieldset class="track-list">
        <legend class="only-read">{t.sheets.wordsOfTheNextSong}</legend>
        <label class={words === null ? 'track chosen' : 'track'}>
          <input type="radio" name="words" checked={words === null} disabled={fixed} onChange={() => chooseWords(session, null)} />
          <span class="track-name">{t.sheets.noWords}</span>
        </label>
        {sheets.map((sheet) => (
          <div key={sheet.id} class="track-row">
            <label class={words === sheet.id ? 'track chosen' : 'track'}>
              <input type="radio" name="words" checked={words === sheet.id} disabled={fixed} onChange={() => chooseWords(session, sheet.id)} />
              <span class="track-name">{sheet.title}</span>
              <span class="track-length">{sheet.timed > 0 ? t.sheets.timed : ''}</span>
            </label>
            {changes && (
              <>
                <button
                  type="button"
                  class="quiet delete"
                  aria-label={t.sheets.edit({ title: sheet.title })}
                  disabled={fixed}
                  onClick={() => setOpen({ what: 'edit', sheet })}
                >
                  <PencilIcon />
                </button>
                <button
                  type="button"
                  class="quiet delete"
                  aria-label={t.sheets.deleteWord({ title: sheet.title })}
                  disabled={fixed || room.song.state === 'playing'}
                  onClick={() => setOpen({ what: 'delete', sheet })}
                >
                  <TrashIcon />
                </button>
              </>
            )}
          </div>
        ))}
      </fieldset>
      {changes && (
        <button type="button" class="secondary" disabled={fixed} onClick={() => setOpen({ what: 'new' })}>
          {t.sheets.addWords}
        </button>
      )}
      {open?.what === 'delete' && (
        <div class="sure" role="group" aria-label={t.sheets.deleteTheseWords}>
          <p>{t.sheets.deleteTheWordsOfThey({ title: open.sheet.title })}</p>
          <button
            type="button"
            class="primary"
            onClick={() => {
              deleteWords(session, open.sheet.id);
              close();
            }}
          >
            {t.sheets.deleteThem}
          </button>
          <button type="button" class="secondary" onClick={close}>
            {t.sheets.keepThem}
          </button>
        </div>
      )}
      <WordsDialog
        session={session}
        sheet={open?.what === 'edit' ? open.sheet : null}
        open={open?.what === 'new' || open?.what === 'edit'}
        onTimes={(sheet) => setOpen({ what: 'times', sheet })}
        onClose={close}
      />
      <TimesDialog session={session} sheet={open?.what === 'times' ? open.sheet : null} onClose={close} />
    </section>
  );
}
