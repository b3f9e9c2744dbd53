// What is said in writing: a panel between songs, a quiet count in them.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { TrashIcon } from '../../page/parts/icons.js';
import { Problem } from '../../page/parts/parts.js';
import type { Session } from '../../session/session.js';
import { may, type RoomState } from '../../state/room.js';
import type { Line } from '../../wire/control/control.js';
import { announce, say, takeAway } from './commands.js';
import { piecesOf } from './links.js';
import { countCharacters, MOST_CHARACTERS, roomLeftWords, spokenLine, unreadWords } from './words.js';
import { dateText } from '../../i18n/format.js';
import { t } from '../../i18n/words.js';

interface ChatProps {
  session: Session;
  room: RoomState;
}

/** So near to its end a list is read as it grows. */
const NEAR_END_PX = 60;

export function ChatPanel({ session, room }: ChatProps): JSX.Element {
  const { lines } = room;
  const list = useRef<HTMLOListElement>(null);
  const atEnd = useRef(true);
  const last = lines.at(-1);
  const unread = session.chat.unread.value;
  const look = (): void => {
    const at = list.current;
    if (!at) return;
    atEnd.current = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR_END_PX;
    if (atEnd.current && last && document.visibilityState === 'visible') session.chat.readTo(last.id);
  };
  const toEnd = (): void => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
    look();
  };
  useLayoutEffect(() => {
    if (atEnd.current || last?.person === room.you) toEnd();
  }, [last?.id]);
  const off = !room.room.chat;
  return (
    <section class="panel chat" aria-labelledby="chat-title" data-keeps-focus>
      <h2 id="chat-title">{t.chat.chat}</h2>
      {lines.length === 0 ? (
        <p class="hint">{t.chat.nothingWasSaidYetWhat}</p>
      ) : (
        <ol class="chat-lines" ref={list} onScroll={look} tabIndex={0} aria-label={t.chat.whatWasSaid}>
          {lines.map((line) => (
            <ChatLine
              key={line.id}
              line={line}
              own={line.person === room.you}
              onTakeAway={may(room, 'unsay') ? () => takeAway(session, line.id) : null}
            />
          ))}
        </ol>
      )}
      {unread > 0 && (
        <button type="button" class="secondary" onClick={toEnd}>
          {unreadWords(unread)}
        </button>
      )}
      {off && <p class="hint">{t.chat.theOrganiserHasSwitchedThe}</p>}
      {(!off || may(room, 'announce')) && <Writing session={session} room={room} />}
      <p class="only-read" role="status" aria-live="polite">
        {last && last.person !== room.you ? spokenLine(last.name, last.text, last.announcement) : ''}
      </p>
    </section>
  );
}

function ChatLine({ line, own, onTakeAway }: { line: Line; own: boolean; onTakeAway: (() => void) | null }): JSX.Element {
  return (
    <li class={['chat-line', line.announcement && 'announcement', own && 'own'].filter(Boolean).join(' ')}>
      <p class="chat-head">
        <bdi class="chat-name">{line.name}</bdi>
        {line.announcement && <strong>{t.chat.announcement}</strong>}
        <time dateTime={new Date(line.at).toISOString()}>{dateText(line.at, { timeStyle: 'short' })}</time>
        {onTakeAway && (
          <button type="button" class="quiet" aria-label={t.chat.takeAwayWhatSaid({ name: line.name })} onClick={onTakeAway}>
            <TrashIcon />
          </button>
        )}
      </p>
      <ChatText text={line.text} />
    </li>
  );
}

/** Plain text, in its own direction; addresses lead away from here, and tell nobody where from. */
export function ChatText({ text }: { text: string }): JSX.Element {
  return (
    <p class="chat-text" dir="auto">
      {piecesOf(text).map((piece, i) =>
        piece.href === null ? (
          piece.text
        ) : (
          <a key={i} href={piece.href} target="_blank" rel="noopener noreferrer">
            {piece.text}
          </a>
        ),
      )}
    </p>
  );
}

function Writing({ session, room }: ChatProps): JSX.Element {
  const { draft } = session.chat;
  const [loud, setLoud] = useState(false);
  const left = roomLeftWords(draft.value);
  const announces = may(room, 'announce') && (loud || !room.room.chat);
  const send = (): void => {
    const text = draft.value.trim();
    if (text === '' || countCharacters(text) > MOST_CHARACTERS || !session.connected.value) return;
    (announces ? announce : say)(session, text);
    draft.value = '';
    setLoud(false);
  };
  const key = (event: KeyboardEvent): void => {
    // Enter also ends the choice of a character, of which it is then a part.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      class="chat-writing"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label for="chat-text">{announces ? t.chat.yourAnnouncement : t.chat.yourWords}</label>
      <textarea
        id="chat-text"
        rows={2}
        dir="auto"
        value={draft.value}
        onInput={(event) => {
          draft.value = event.currentTarget.value;
        }}
        onKeyDown={key}
      />
      {left !== null &&
        (draft.value !== '' && countCharacters(draft.value) > MOST_CHARACTERS ? <Problem>{left}</Problem> : <p class="hint">{left}</p>)}
      <div class="chat-buttons">
        {may(room, 'announce') && room.room.chat && (
          <label class="chat-loud">
            <input type="checkbox" checked={loud} onChange={(event) => setLoud(event.currentTarget.checked)} />
            {t.chat.asAnAnnouncement}
          </label>
        )}
        <button type="submit" class="secondary" disabled={!session.connected.value}>
          {announces ? t.chat.announce : t.chat.send}
        </button>
      </div>
    </form>
  );
}

/** In a song: how much waits, and nothing that speaks or moves. */
export function ChatCount({ session }: { session: Session }): JSX.Element | null {
  const unread = session.chat.unread.value;
  if (unread === 0) return null;
  return <p class="chat-count">{t.chat.chatForAfterTheSong({ unreadWords: unreadWords(unread) })}</p>;
}

/** The last announcement; `sings`: a screen reader says nothing of it now. */
export function AnnouncementNote({ session, sings }: { session: Session; sings: boolean }): JSX.Element | null {
  const line = session.chat.announcement.value;
  if (!line) return null;
  return (
    <section class="note announcement-note" aria-label={t.chat.announcement} aria-live={sings ? 'off' : 'polite'}>
      <p class="chat-head">
        <strong>{t.chat.announcement}</strong> <bdi>{line.name}</bdi>
      </p>
      <ChatText text={line.text} />
      <button type="button" class="quiet" aria-label={t.chat.putTheAnnouncementAway} onClick={() => session.chat.putAnnouncementAway()}>
        {t.chat.putAway}
      </button>
    </section>
  );
}
