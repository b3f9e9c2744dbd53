// Rings when somebody comes in, and the switch for it.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';
import type { RoomState } from '../../state/room.js';
import { remembered } from '../../state/storage.js';
import { ChimeWatch } from './chime.js';
import { ring } from './ring.js';
import { t } from '../../i18n/words.js';

export function ChimeSwitch({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const [on, setOn] = useState(remembered.chime);
  const watch = useRef<ChimeWatch | null>(null);
  watch.current ??= new ChimeWatch();
  useEffect(() => {
    const { people, you, token, song } = room;
    const rings = watch.current?.look({ people, you, token, song: song.state === 'playing' }, performance.now());
    // Where this device's sound stands still, a chime would only come late.
    if (rings && on && session.soundRun.value === 'running') ring();
  }, [room.people, room.token]);
  const change = (wish: boolean): void => {
    remembered.chime = wish;
    setOn(wish);
  };
  return (
    <label class="check">
      <input type="checkbox" checked={on} onChange={(event) => change(event.currentTarget.checked)} />
      <span>
        <strong>{t.chime.aChimeWhenSomebodyComes}</strong>
        <small>{t.chime.neverInASong}</small>
      </span>
    </label>
  );
}
