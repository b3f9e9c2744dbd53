// One's own volumes: of the backing track, of the metronome where there is one, of one's own part, and of everything. Nobody else hears the difference.
import type { JSX } from 'preact';
import { balanceOf, balanceWords, MOST_BALANCE, volumeOfBalance } from './balance_slider.js';
import { hearPartLouder, setBackingVolume, setMasterVolume, setMetronomeVolume, silence } from './commands.js';
import type { Session } from '../../session/session.js';
import { t } from '../../i18n/words.js';
import { partName } from '../../i18n/voice_parts.js';

export function Volumes({ session }: { session: Session }): JSX.Element {
  return (
    <div class="volumes">
      <Slider
        id="backing-volume"
        label={t.sound.backingTrack}
        words={balanceWords(session.volumes.backing.value)}
        most={MOST_BALANCE}
        value={balanceOf(session.volumes.backing.value)}
        onValue={(balance) => setBackingVolume(session, volumeOfBalance(balance))}
      />
      {(session.room.value?.plan.bpm ?? null) !== null && (
        <Slider
          id="metronome-volume"
          label={t.sound.clicks}
          words={metronomeWords(session.volumes.metronome.value)}
          most={MOST_METRONOME}
          value={session.volumes.metronome.value}
          onValue={(volume) => setMetronomeVolume(session, volume)}
        />
      )}
      <Slider
        id="master-volume"
        label={t.sound.everything}
        words={percent(session.volumes.master.value)}
        most={1}
        value={session.volumes.master.value}
        onValue={(volume) => setMasterVolume(session, volume)}
      />
      {session.part.name !== null && (
        <label class="check">
          <input
            type="checkbox"
            checked={session.part.louder.value}
            disabled={!session.connected.value}
            onChange={(event) => hearPartLouder(session, event.currentTarget.checked)}
          />
          <span>
            <strong>{t.ownPart.louder}</strong>
            <small>{t.ownPart.whoSingsItWithYou({ part: partName(session.part.name) })}</small>
          </span>
        </label>
      )}
      <label class="check">
        <input type="checkbox" checked={session.volumes.silent.value} onChange={(event) => silence(session, event.currentTarget.checked)} />
        <span>
          <strong>{t.sound.loudspeakerOff}</strong>
          <small>{t.sound.youHearNothingAtAll}</small>
        </span>
      </label>
      <p class="hint">{t.sound.onlyYouHearTheDifference}</p>
    </div>
  );
}

/** The slider's right end: 15 dB louder. */
const MOST_METRONOME = 1.5;

function metronomeWords(volume: number): string {
  return volume === 0 ? t.sound.silent : percent(volume);
}

function percent(value: number): string {
  return `${Math.round(value * 100)} %`;
}

interface SliderProps {
  id: string;
  label: string;
  /** What it is set to. */
  words: string;
  most: number;
  value: number;
  onValue: (value: number) => void;
}

function Slider({ id, label, words, most, value, onValue }: SliderProps): JSX.Element {
  return (
    <div class="slider">
      <label for={id}>{label}</label>
      <output for={id}>{words}</output>
      <input
        id={id}
        type="range"
        min={0}
        max={most}
        step={0.01}
        value={value}
        aria-valuetext={words}
        onInput={(event) => onValue(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}
