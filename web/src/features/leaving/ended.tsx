// One is no longer in the room, for good: why, and what to do.
import type { JSX } from 'preact';
import type { ConnectionState } from '../../net/connection.js';
import { ArrivalTitle, PlainPage } from '../../page/parts/parts.js';
import { go } from '../../page/routes.js';

interface Words {
  title: string;
  text: string;
  /** Back in; null: there is no way. */
  again: string | null;
}

type Ended = Extract<ConnectionState, { state: 'ended' | 'left' }>;

export function endedWords(connection: Ended): Words {
  if (connection.state === 'left') return { title: 'You have left the room', text: 'Thank you for singing.', again: 'Go back in' };
  switch (connection.ending) {
    case 'elsewhere':
      return {
        title: 'You are in the room somewhere else',
        text: 'You came in from another window or device, so this one was closed. Go on there; or come back here, and that one closes.',
        again: 'Come back here',
      };
    case 'removed':
      return {
        title: 'You were removed from this room',
        text: 'Its organiser has removed you, and you cannot come in again by yourself. If that was a mistake, ask the organiser to let you back in; then try again.',
        again: 'Try again',
      };
    case 'deleted':
      return {
        title: 'This room was deleted',
        text: 'Its organiser has deleted it, with its tracks. Its link leads nowhere now. Recordings on your own device stay.',
        again: null,
      };
    case 'too_many_errors':
      return {
        title: 'The server closed your connection',
        text: 'This page and the server did not understand each other, several times in a row. Reload the page; if it happens again, update the browser.',
        again: 'Try again',
      };
    case 'too_large':
      return {
        title: 'The server closed your connection',
        text: 'It received a message from this page that was too large. Reload the page to go back in.',
        again: 'Try again',
      };
  }
}

interface EndedProps {
  connection: Ended;
  room: string;
  recordings: JSX.Element;
}

export function EndedPage({ connection, room, recordings }: EndedProps): JSX.Element {
  const { title, text, again } = endedWords(connection);
  return (
    <PlainPage card>
      <ArrivalTitle>{title}</ArrivalTitle>
      <p>{text}</p>
      {recordings}
      <p class="actions">
        {again !== null && (
          <button type="button" class="primary large" onClick={() => location.assign(`/r/${encodeURIComponent(room)}`)}>
            {again}
          </button>
        )}
        <button type="button" class={again === null ? 'primary large' : 'quiet'} onClick={() => go('/')}>
          To the first page
        </button>
      </p>
    </PlainPage>
  );
}
