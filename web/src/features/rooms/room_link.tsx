// A room as a link, with what is known of it.
import type { ComponentChildren, JSX } from 'preact';
import { under } from '../../base_path.js';
import { go } from '../../page/routes.js';
import { t } from '../../i18n/words.js';

export const NAMELESS = () => t.rooms.aRoomWithoutAName;

export function RoomLink({ room, name, children }: { room: string; name: string; children: ComponentChildren }): JSX.Element {
  const path = `/r/${encodeURIComponent(room)}`;
  const open = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(path);
  };
  return (
    <a class="room-link" href={under(path)} onClick={open}>
      <span class="room-link-name">{name || NAMELESS()}</span>
      <span class="hint">{children}</span>
    </a>
  );
}
