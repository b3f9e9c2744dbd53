// The programme of the evening: its songs in their order, put in another one by dragging or with the arrow keys, taken with one press.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { GripIcon, PencilIcon } from '../../page/parts/icons.js';
import { may, type RoomState } from '../../state/room.js';
import type { Session } from '../../session/session.js';
import type { Entry } from '../../wire/control/control.js';
import { moveEntry, takeEntry } from './commands.js';
import { EntryDialog, type PlanEditor } from './entry_dialog.js';
import { beforeAt, entryDetails, entryOfNow, placeAt } from './programme.js';
import { t } from '../../i18n/words.js';

interface ProgrammeProps {
  session: Session;
  room: RoomState;
  /** The fields of a song's plan. */
  planFields: PlanEditor;
  /** Taking it to another room and back. */
  files?: JSX.Element | null;
}

export function ProgrammePanel({ session, room, planFields, files = null }: ProgrammeProps): JSX.Element | null {
  const [open, setOpen] = useState<Entry | 'new' | null>(null);
  const changes = may(room, 'put_entry');
  if (!changes && room.entries.length === 0) return null;
  return (
    <section class="panel programme" aria-labelledby="programme" data-keeps-focus>
      <h2 id="programme">{t.programme.programme}</h2>
      {room.entries.length === 0 ? (
        <p class="hint">{t.programme.prepareTheSongs}</p>
      ) : (
        <EntryList session={session} room={room} changes={changes} onEdit={setOpen} />
      )}
      {changes && (
        <button type="button" class="secondary" disabled={!session.connected.value} onClick={() => setOpen('new')}>
          {t.programme.addASong}
        </button>
      )}
      {files}
      <EntryDialog
        session={session}
        room={room}
        entry={open === 'new' ? entryOfNow(room) : open}
        planFields={planFields}
        onClose={() => setOpen(null)}
      />
    </section>
  );
}

interface ListProps extends Pick<ProgrammeProps, 'session' | 'room'> {
  changes: boolean;
  onEdit: (entry: Entry) => void;
}

interface Drag {
  id: string;
  place: number;
}

function EntryList({ session, room, changes, onEdit }: ListProps): JSX.Element {
  const { entries } = room;
  const list = useRef<HTMLOListElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  /** Whose handle gets the keyboard back when it has moved. */
  const moved = useRef<string | null>(null);
  const [said, setSaid] = useState('');
  const placeOf = (id: string): number => entries.findIndex((entry) => entry.id === id);

  useLayoutEffect(() => {
    if (moved.current === null) return;
    const id = moved.current;
    list.current?.querySelector<HTMLElement>(`[data-entry="${id}"] .grip`)?.focus();
    const place = placeOf(id);
    if (place >= 0) setSaid(t.programme.movedTo({ title: entries[place]?.title ?? '', number: place + 1, count: entries.length }));
  }, [entries]);

  const put = (id: string, place: number): void => {
    const to = Math.min(entries.length - 1, Math.max(0, place));
    if (to === placeOf(id)) return;
    moved.current = id;
    moveEntry(session, id, beforeAt(entries, id, to));
  };
  const key = (event: KeyboardEvent, id: string): void => {
    const place = placeOf(id);
    const to = { ArrowUp: place - 1, ArrowDown: place + 1, Home: 0, End: entries.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    put(id, to);
  };
  const dragged = (event: PointerEvent, id: string): void => {
    if (drag?.id !== id) return;
    const others = [...(list.current?.querySelectorAll<HTMLElement>('[data-entry]') ?? [])].filter((row) => row.dataset['entry'] !== id);
    const place = placeAt(
      others.map((row) => row.getBoundingClientRect().top + row.offsetHeight / 2),
      event.clientY,
    );
    if (place !== drag.place) setDrag({ id, place });
  };
  const drop = (): void => {
    if (drag) put(drag.id, drag.place);
    setDrag(null);
  };

  const mayTake = may(room, 'take_entry') && room.song.state !== 'playing';
  const shown = drag ? inOrder(entries, drag) : entries;
  return (
    <>
      <ol class="entries" ref={list}>
        {shown.map((entry, place) => (
          <li
            key={entry.id}
            data-entry={entry.id}
            class={['entry', entry.id === room.taken && 'taken', entry.sung && 'sung', entry.id === drag?.id && 'dragged'].filter(Boolean).join(' ')}
          >
            {changes && (
              <button
                type="button"
                class="quiet grip"
                aria-label={t.programme.move({ title: entry.title, number: place + 1, count: entries.length })}
                disabled={!session.connected.value}
                onKeyDown={(event) => key(event, entry.id)}
                onPointerDown={(event) => {
                  if (event.button !== 0) return;
                  event.currentTarget.setPointerCapture(event.pointerId);
                  setDrag({ id: entry.id, place: placeOf(entry.id) });
                }}
                onPointerMove={(event) => dragged(event, entry.id)}
                onPointerUp={drop}
                onPointerCancel={() => setDrag(null)}
              >
                <GripIcon />
              </button>
            )}
            <EntryText entry={entry} room={room} place={place} />
            {mayTake && entry.id !== room.taken && (
              <button type="button" class="secondary" disabled={!session.connected.value} onClick={() => takeEntry(session, entry.id)}>
                {t.programme.take}
                <span class="only-read">: {entry.title}</span>
              </button>
            )}
            {changes && (
              <button
                type="button"
                class="quiet delete"
                aria-label={t.programme.edit({ title: entry.title })}
                disabled={!session.connected.value}
                onClick={() => onEdit(entry)}
              >
                <PencilIcon />
              </button>
            )}
          </li>
        ))}
      </ol>
      <p class="only-read" role="status">
        {said}
      </p>
    </>
  );
}

/** The songs as they would stand where the dragged one is let go. */
function inOrder(entries: readonly Entry[], { id, place }: Drag): Entry[] {
  const others = entries.filter((entry) => entry.id !== id);
  const dragged = entries.filter((entry) => entry.id === id);
  return [...others.slice(0, place), ...dragged, ...others.slice(place)];
}

function EntryText({ entry, room, place }: { entry: Entry; room: RoomState; place: number }): JSX.Element {
  const details = entryDetails(entry, room);
  const playing = room.song.state === 'playing';
  return (
    <div class="entry-text">
      <span class="entry-title">
        {place + 1}. {entry.title}
      </span>
      {entry.id === room.taken && <span class="entry-sign">{playing ? t.programme.isNow : t.programme.isNext}</span>}
      {entry.sung && entry.id !== room.taken && <span class="entry-sign">{t.programme.wasSung}</span>}
      {details.length > 0 && <small>{details.join(', ')}</small>}
    </div>
  );
}
