// The organiser's link: to keep, to give to a co-organiser, to be made anew.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { CopyLink } from '../../page/parts/copy_link.js';
import type { Session } from '../../session/session.js';
import { remembered } from '../../state/storage.js';
import { askNewKey } from './commands.js';
import { organiserLink } from './organiser_link.js';

const WHAT_FOR =
  'Whoever opens this link is an organiser: you on another device, or a co-organiser. Keep it where you find it again, and send the others the room’s own link.';

export function LinkSection({ session }: { session: Session }): JSX.Element {
  const [asked, setAsked] = useState(false);
  const key = session.organiserKey.value;
  const make = (): void => {
    if (asked) askNewKey(session);
    setAsked(!asked);
  };
  return (
    <>
      <p class="hint">{key === null ? 'This browser does not know the link. You can make a new one.' : WHAT_FOR}</p>
      {key !== null && <CopyLink id="organisers-link" label="Only for organisers" link={organiserLink(location.origin, session.roomId, key)} />}
      {asked && <p class="note">The old link ends: whoever has only that one is no organiser on a new device. Who is an organiser now stays one.</p>}
      <p class="actions">
        <button type="button" class={asked ? 'primary' : 'secondary'} onClick={make}>
          {asked ? 'Yes, make a new link' : 'Make a new link ...'}
        </button>
        {asked && (
          <button type="button" class="quiet" onClick={() => setAsked(false)}>
            Keep the old one
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
      <h2 id="new-room-title">You are the organiser of this room</h2>
      <p>{WHAT_FOR} You find it again under “Room”.</p>
      <CopyLink id="new-organisers-link" label="Only for organisers" link={organiserLink(location.origin, session.roomId, key)} />
      <p class="actions">
        <button type="button" class="secondary" onClick={putAway}>
          I have it: put away
        </button>
      </p>
    </section>
  );
}
