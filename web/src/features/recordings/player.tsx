// Plays a recording: its shape, where it is, and a bar to go anywhere by mouse, finger or keyboard.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { PauseIcon, PlayIcon } from '../../page/parts/icons.js';
import { Problem } from '../../page/parts/parts.js';
import { SHAPE_COLUMNS, SoundShape } from '../../page/parts/sound_shape.js';
import { minutes } from '../song/status.js';
import { pathOf, readPeaks } from './waveform.js';

const STEP_S = 5;

interface PlayerProps {
  /** What is played, for who cannot see it. */
  name: string;
  address: string;
  /** Of its peaks; null: there are none yet. */
  waveform: string | null;
  seconds: number;
}

/** The one that plays: another one stops it. */
let playing: HTMLAudioElement | null = null;

export function Player({ name, address, waveform, seconds }: PlayerProps): JSX.Element {
  const audio = useRef<HTMLAudioElement>(null);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(seconds);
  const [on, setOn] = useState(false);
  const [failed, setFailed] = useState(false);
  const path = usePeaks(waveform);
  useEffect(() => {
    setFailed(false);
    setAt(0);
    setLength(seconds);
  }, [address, seconds]);

  const press = (): void => {
    const element = audio.current;
    if (!element) return;
    if (!element.paused) return element.pause();
    setFailed(false);
    if (element.error) element.load();
    element.play().catch(() => setFailed(element.error !== null));
  };
  const begun = (): void => {
    if (playing !== audio.current) playing?.pause();
    playing = audio.current;
    setOn(true);
  };
  const measured = (element: HTMLAudioElement): void => {
    if (Number.isFinite(element.duration) && element.duration > 0) setLength(element.duration);
  };
  const seek = (to: number): void => {
    setAt(to);
    if (audio.current) audio.current.currentTime = to;
  };
  const share = length > 0 ? Math.min(1, at / length) : 0;
  return (
    <div class="player">
      <audio
        ref={audio}
        src={address}
        preload="none"
        onPlay={begun}
        onPause={() => setOn(false)}
        onEnded={() => setOn(false)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onDurationChange={(event) => measured(event.currentTarget)}
        onError={() => setFailed(true)}
      />
      <div class="player-row">
        <button
          type="button"
          class="primary large player-button"
          onClick={press}
          aria-label={on ? t.recordings.pause({ name }) : t.recordings.play({ name })}
        >
          {on ? <PauseIcon /> : <PlayIcon />}
        </button>
        <div class="player-shape">
          {path !== null && <SoundShape path={path} share={share} />}
          <input
            type="range"
            min={0}
            max={Math.max(1, Math.ceil(length))}
            step={1}
            value={Math.floor(at)}
            aria-label={t.recordings.whereIn({ name })}
            aria-valuetext={t.recordings.of({ at: minutes(at), length: minutes(length) })}
            onInput={(event) => seek(event.currentTarget.valueAsNumber)}
            onKeyDown={(event) => {
              const by = { ArrowLeft: -STEP_S, ArrowDown: -STEP_S, ArrowRight: STEP_S, ArrowUp: STEP_S }[event.key];
              if (by === undefined) return;
              event.preventDefault();
              seek(Math.min(length, Math.max(0, at + by)));
            }}
          />
        </div>
        <p class="player-time" aria-hidden="true">
          {minutes(at)} / {minutes(length)}
        </p>
      </div>
      {failed && <Problem>{t.recordings.cannotBePlayed}</Problem>}
    </div>
  );
}

/** The path to draw; null until it is there. */
function usePeaks(address: string | null): string | null {
  const [path, setPath] = useState<string | null>(null);
  useEffect(() => {
    if (address === null) return;
    const gone = new AbortController();
    fetch(address, { signal: gone.signal })
      .then(async (answer) => (answer.ok ? readPeaks(await answer.json()) : null))
      .then((peaks) => setPath(peaks && pathOf(peaks, SHAPE_COLUMNS)))
      .catch(() => undefined);
    return () => gone.abort();
  }, [address]);
  return path;
}
