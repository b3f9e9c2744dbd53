// At the door: that songs are recorded here, and the way to be left out.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { remembered } from '../../state/storage.js';
import type { Role, RecordingPolicy } from '../../wire/control/control.js';
import { doorWords } from './words.js';

/** The wish is told to the server when one is in (session.ts). */
export function RecordingDoorNote({ room, policy, role }: { room: string; policy: RecordingPolicy; role: Role }): JSX.Element | null {
  const [out, setOut] = useState(() => remembered.leftOut(room));
  const words = doorWords(policy);
  if (words === null) return null;
  const change = (wish: boolean): void => {
    remembered.setLeftOut(room, wish);
    setOut(wish);
  };
  return (
    <div class="note recording-consent">
      <p>{words}</p>
      {role === 'singer' && (
        <label class="check">
          <input type="checkbox" checked={out} onChange={(event) => change(event.currentTarget.checked)} />
          <span>
            <strong>{t.recordings.leaveMeOut}</strong>
            <small>{t.recordings.noTrackIsKept}</small>
          </span>
        </label>
      )}
    </div>
  );
}
