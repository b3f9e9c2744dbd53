// The space bar switches the microphone, wherever it does nothing else.
import { useEffect } from 'preact/hooks';
import { mute } from '../features/sound/commands.js';
import type { Session } from '../session/session.js';
import { may, yourself } from '../state/room.js';

const OTHER_USE = 'input, select, textarea, button, a, summary, dialog, [contenteditable]';

export function useMuteKey(session: Session): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.code !== 'Space' || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      const target = event.target as HTMLElement;
      if (target.closest(OTHER_USE)) return;
      const room = session.room.value;
      if (!room || !session.connected.value || yourself(room).role !== 'singer' || !may(room, 'mute')) return;
      event.preventDefault();
      mute(session, !yourself(room).muted);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [session]);
}
