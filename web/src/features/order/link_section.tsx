// The organiser's link: to keep, to give to a co-organiser, to be made anew.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { CopyLink } from '../../page/parts/copy_link.js';
import type { Session } from '../../session/session.js';
import { remembered } from '../../state/storage.js';
import { askNewKey } from './commands.js';
import { organiserLink } from './organiser_link.js';
import { t } from '../../i18n/words.js';

const WHAT_FOR = () => t.order.whoeverOpensThisLinkIs;

export function LinkSection({ session }: { session: Session }): JSX.Element {
  const [asked, setAsked] = useState(false);
  const key = session.organiserKey.value;
  const make = (): void => {
    if (asked) askNewKey(session);
    setAsked(!asked);
  };
  return (
    <>
      <p class="hint">{key === null ? t.order.thisBrowserDoesNotKnow : WHAT_FOR()}</p>
      {key !== null && <CopyLink id="organisers-link" label={t.order.onlyForOrganisers} link={organiserLink(location.origin, session.roomId, key)} />}
      {asked && <p class="note">{t.order.theOldLinkEndsWhoever}</p>}
      <p class="actions">
        <button type="button" class={asked ? 'primary' : 'secondary'} onClick={make}>
          {asked ? t.order.yesMakeANewLink : t.order.makeANewLink}
        </button>
        {asked && (
          <button type="button" class="quiet" onClick={() => setAsked(false)}>
            {t.order.keepTheOldOne}
          </button>
        )}
      </p>
    </>
  );
}

/** In a room that was made a moment ago. */
export function NewRoomNote({ session }: { session: Session }): JSX.Element | null {
  const [made, setMade] = useState(() => remembered.made(session.roomId));
  const key = session.organiserKey.value;
  if (!made || key === null) return null;
  const putAway = (): void => {
    remembered.setMade(session.roomId, false);
    setMade(false);
  };
  return (
    <section class="note new-room" aria-labelledby="new-room-title">
      <h2 id="new-room-title">{t.order.youAreTheOrganiserOf}</h2>
      <p>{t.order.youFindItAgainUnder({ whatFor: WHAT_FOR() })}</p>
      <CopyLink id="new-organisers-link" label={t.order.onlyForOrganisers} link={organiserLink(location.origin, session.roomId, key)} />
      <p class="actions">
        <button type="button" class="secondary" onClick={putAway}>
          {t.order.iHaveItPutAway}
        </button>
      </p>
    </section>
  );
}
