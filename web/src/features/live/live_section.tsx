// The live link, for organisers: opened, handed on, closed.
import type { JSX } from 'preact';
import { under } from '../../base_path.js';
import { t } from '../../i18n/words.js';
import { CopyLink } from '../../page/parts/copy_link.js';
import type { Session } from '../../session/session.js';
import type { RoomState } from '../../state/room.js';

export function LiveSection({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const { live } = room;
  return (
    <>
      <p class="hint">{t.live.whoeverHasItHears}</p>
      {live?.link && <CopyLink id="live-link" label={t.live.theLinkToHandOn} link={location.origin + under(live.link)} />}
      {live && <p>{t.live.players({ count: live.players })}</p>}
      <p class="actions">
        <button type="button" class="secondary" onClick={() => session.send({ type: live ? 'close_live' : 'open_live' })}>
          {live ? t.live.closeIt : t.live.openIt}
        </button>
      </p>
    </>
  );
}
