// The space bar switches the microphone, wherever it does nothing else; held down, one talks for so long.
import { useEffect } from 'preact/hooks';
import { mute } from '../features/sound/commands.js';
import { SpaceToTalk } from '../features/sound/space_to_talk.js';
import type { Session } from '../session/session.js';
import { may, yourself } from '../state/room.js';

const OTHER_USE = 'input, select, textarea, button, a, summary, dialog, [contenteditable]';

export function useMuteKey(session: Session): void {
  useEffect(() => {
    const space = new SpaceToTalk();
    const press = (event: KeyboardEvent): void => {
      if (event.code !== 'Space' || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      const target = event.target as HTMLElement;
      if (target.closest(OTHER_USE)) return;
      const room = session.room.value;
      if (!room || !session.connected.value || yourself(room).role !== 'singer' || !may(room, 'mute')) return;
      event.preventDefault();
      mute(session, space.down(yourself(room).muted, event.timeStamp));
    };
    const release = (event: Event): void => {
      if (event instanceof KeyboardEvent && event.code !== 'Space') return;
      if (space.up(event.timeStamp)) mute(session, true);
    };
    document.addEventListener('keydown', press);
    document.addEventListener('keyup', release);
    // Whoever goes to another window with the key down lets it go unseen.
    window.addEventListener('blur', release);
    return () => {
      document.removeEventListener('keydown', press);
      document.removeEventListener('keyup', release);
      window.removeEventListener('blur', release);
    };
  }, [session]);
}
