// One is no longer in the room, for good: why, and what to do.
import type { JSX } from 'preact';
import { under } from '../../base_path.js';
import type { ConnectionState } from '../../net/connection.js';
import { ArrivalTitle, PlainPage } from '../../page/parts/parts.js';
import { go } from '../../page/routes.js';
import { t } from '../../i18n/words.js';

interface Words {
  title: string;
  text: string;
  /** Back in; null: there is no way. */
  again: string | null;
}

type Ended = Extract<ConnectionState, { state: 'ended' | 'left' }>;

export function endedWords(connection: Ended): Words {
  if (connection.state === 'left') return { title: t.leaving.youHaveLeftTheRoom, text: t.leaving.thankYouForSinging, again: t.leaving.goBackIn };
  switch (connection.ending) {
    case 'elsewhere':
      return {
        title: t.leaving.youAreInTheRoom,
        text: t.leaving.youCameInFromAnother,
        again: t.leaving.comeBackHere,
      };
    case 'removed':
      return {
        title: t.leaving.youWereRemovedFromThis,
        text: t.leaving.itsOrganiserHasRemovedYou,
        again: t.leaving.tryAgain,
      };
    case 'deleted':
      return {
        title: t.leaving.thisRoomWasDeleted,
        text: t.leaving.itsOrganiserHasDeletedIt,
        again: null,
      };
    case 'too_many_errors':
      return {
        title: t.leaving.theServerClosedYourConnection,
        text: t.leaving.thisPageAndTheServer,
        again: t.leaving.tryAgain,
      };
    case 'too_large':
      return {
        title: t.leaving.theServerClosedYourConnection,
        text: t.leaving.itReceivedAMessageFrom,
        again: t.leaving.tryAgain,
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
          <button type="button" class="primary large" onClick={() => location.assign(under(`/r/${encodeURIComponent(room)}`))}>
            {again}
          </button>
        )}
        <button type="button" class={again === null ? 'primary large' : 'quiet'} onClick={() => go('/')}>
          {t.leaving.toTheFirstPage}
        </button>
      </p>
    </PlainPage>
  );
}
