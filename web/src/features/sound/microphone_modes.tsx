// The three ways of one's own microphone: off, on for songs, on.
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';
import { may, type RoomState } from '../../state/room.js';
import { t } from '../../i18n/words.js';
import { MICROPHONE_MODES, type Mode } from './microphone_mode.js';

function wordsOf(mode: Mode): readonly [label: string, hint: string] {
  if (mode === 'songs') return [t.sound.modeSongs, t.sound.modeSongsHint];
  return mode === 'off' ? [t.sound.modeOff, t.sound.modeOffHint] : [t.sound.modeOn, t.sound.modeOnHint];
}

export function MicrophoneModes({ session, room }: { session: Session; room: RoomState }): JSX.Element {
  const { microphoneMode } = session;
  const disabled = !session.connected.value || !may(room, 'mute');
  return (
    <fieldset class="bare microphone-modes">
      <legend>{t.sound.ownMicrophone}</legend>
      {MICROPHONE_MODES.map((mode) => (
        <label key={mode} class="check">
          <input
            type="radio"
            name="microphone-mode"
            value={mode}
            checked={microphoneMode.mode.value === mode}
            disabled={disabled}
            onChange={() => microphoneMode.choose(mode)}
          />
          <span>
            <strong>{wordsOf(mode)[0]}</strong>
            <small>{wordsOf(mode)[1]}</small>
          </span>
        </label>
      ))}
      <p class="hint">{t.sound.theSpaceBarSwitchesIt}</p>
    </fieldset>
  );
}
