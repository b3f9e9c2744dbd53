// One's own volumes: of the backing track and of everything. Nobody else hears the difference.
import type { JSX } from 'preact';
import { setBackingVolume, setMasterVolume } from './commands.js';
import type { Session } from '../../session/session.js';

export function Volumes({ session }: { session: Session }): JSX.Element {
  return (
    <div class="volumes">
      <Slider
        id="backing-volume"
        label="Backing track"
        most={1.5}
        value={session.volumes.backing.value}
        onValue={(volume) => setBackingVolume(session, volume)}
      />
      <Slider
        id="master-volume"
        label="Everything"
        most={1}
        value={session.volumes.master.value}
        onValue={(volume) => setMasterVolume(session, volume)}
      />
      <p class="hint">Only you hear the difference.</p>
    </div>
  );
}

interface SliderProps {
  id: string;
  label: string;
  most: number;
  value: number;
  onValue: (value: number) => void;
}

function Slider({ id, label, most, value, onValue }: SliderProps): JSX.Element {
  const percent = `${Math.round(value * 100)} %`;
  return (
    <div class="slider">
      <label for={id}>{label}</label>
      <output for={id}>{percent}</output>
      <input
        id={id}
        type="range"
        min={0}
        max={most}
        step={0.01}
        value={value}
        aria-valuetext={percent}
        onInput={(event) => onValue(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}
