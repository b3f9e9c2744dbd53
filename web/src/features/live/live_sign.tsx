// That the room can be heard by others, for everybody to see.
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
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

/** The same at the door. */
export function LiveDoorNote({ live }: { live: boolean | undefined }): JSX.Element | null {
  return live === true ? <p class="note">{t.live.heardByOthers}</p> : null;
}
