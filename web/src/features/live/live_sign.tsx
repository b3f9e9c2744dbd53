// That the room can be heard by others, for everybody to see.
import type { JSX } from 'preact';
import { under } from '../../base_path.js';
import { t } from '../../i18n/words.js';
import type { RoomCard } from '../../net/answers.js';
import type { ConnectionState } from '../../net/connection.js';
import type { RoomState } from '../../state/room.js';

export function LiveSign({ room }: { room: RoomState }): JSX.Element | null {
  const { live } = room;
  if (live === null) return null;
  return (
    <div class="recording-sign live-sign" role="status">
      <span class="recording-dot" aria-hidden="true" />
      <span class="recording-words">
        {t.live.heardByOthers} {live.players > 0 && t.live.players({ count: live.players })}
      </span>
    </div>
  );
}

/** The same at the door; to whom the network lets no socket through it is offered there, since sound alone comes by plain HTTP. */
export function LiveDoorNote({ card, connection }: { card: RoomCard; connection: ConnectionState | null }): JSX.Element | null {
  if (card.live !== true) return null;
  const blocked = connection !== null && 'why' in connection && connection.why === 'blocked';
  return (
    <>
      <p class="note">{t.live.heardByOthers}</p>
      {blocked && card.live_pass !== undefined && (
        <div class="live-instead">
          <p class="note">{t.live.butYouCanListen}</p>
          <audio controls preload="none" src={under(card.live_pass)} aria-label={t.live.butYouCanListen} />
        </div>
      )}
    </>
  );
}
