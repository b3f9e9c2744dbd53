// Mixes a recording again: a fader, a place and a switch for each singer, heard at once; then the server makes the mix.
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { PauseIcon, PlayIcon } from '../../page/parts/icons.js';
import { Problem } from '../../page/parts/parts.js';
import { SAMPLE_RATE } from '../../units.js';
import type { Recording, TrackMix } from '../../wire/control/control.js';
import { minutes } from '../song/status.js';
import type { RecordingBook } from './book.js';
import { BACKING, MixPlayer } from './mix_player.js';
import {
  asSung,
  balanceWords,
  changedStrips,
  decibelWords,
  HEARD_AT_ONCE,
  isEmptyMix,
  LEAST_DB,
  MOST_DB,
  readLevels,
  type Levels,
} from './strips.js';
import { partName } from '../../i18n/voice_parts.js';

export function MixAgain({ book, one }: { book: RecordingBook; one: Recording }): JSX.Element {
  const levels = useLevels(book.address(one.id, 'tracks.json'));
  const [changes, setChanges] = useState<ReadonlyMap<string, Partial<TrackMix>>>(new Map());
  const strips = useMemo(() => one.tracks.map(({ track }) => ({ ...asSung(track, levels), ...changes.get(track) })), [one, levels, changes]);
  const [asks, setAsks] = useState(false);
  const player = useMemo(() => new MixPlayer(Math.round(one.seconds * SAMPLE_RATE), (track) => book.address(one.id, fileOf(track))), [book, one.id]);
  useEffect(() => () => player.close(), [player]);
  useEffect(() => player.set(strips, levels?.backing ?? 0), [player, strips, levels]);
  const change = (track: string, wish: Partial<TrackMix>): void =>
    setChanges((before) => new Map(before).set(track, { ...before.get(track), ...wish }));
  // The others stay exactly as they were sung, and so many fit into a request.
  const changed = changedStrips(strips, levels);
  const make = (): void => {
    player.pause();
    setAsks(true);
    void book.mix(one, changed).finally(() => setAsks(false));
  };
  const empty = isEmptyMix(strips, levels);
  return (
    <section class="mixer" aria-label={t.recordings.mixItAgain}>
      <Transport player={player} seconds={one.seconds} />
      {one.tracks.length > HEARD_AT_ONCE && <p class="hint">{t.recordings.mostAtOnce({ most: HEARD_AT_ONCE })}</p>}
      <ul class="strips">
        {one.tracks.map(({ track, name, part }, i) => (
          <Strip
            key={track}
            name={part === '' ? name : `${name} (${partName(part)})`}
            strip={strips[i] ?? asSung(track)}
            onChange={(wish) => change(track, wish)}
          />
        ))}
      </ul>
      <p class="hint">{empty ? t.recordings.allAreMuted : t.recordings.backingStays}</p>
      <p class="actions" data-keeps-focus>
        <button type="button" class="primary large" disabled={asks || empty} onClick={make}>
          {asks ? t.recordings.askingTheServer : t.recordings.makeThisMix}
        </button>
        <button type="button" class="quiet" disabled={changed.length === 0} onClick={() => setChanges(new Map())}>
          {t.recordings.asItWasSung}
        </button>
      </p>
    </section>
  );
}

/** How loud each was; null until it is known. */
function useLevels(address: string): Levels | null {
  const [levels, setLevels] = useState<Levels | null>(null);
  useEffect(() => {
    const gone = new AbortController();
    fetch(address, { signal: gone.signal })
      .then(async (answer) => setLevels(answer.ok ? readLevels(await answer.json()) : null))
      .catch(() => undefined);
    return () => gone.abort();
  }, [address]);
  return levels;
}

function fileOf(track: string): string {
  return track === BACKING ? 'backing.opus' : `${track}.opus`;
}

function Transport({ player, seconds }: { player: MixPlayer; seconds: number }): JSX.Element {
  const on = player.on.value;
  const at = player.at.value / SAMPLE_RATE;
  const loading = player.loading.value;
  const problem = player.problem.value;
  return (
    <>
      <div class="player-row">
        <button
          type="button"
          class="secondary large player-button"
          aria-label={on ? t.recordings.pauseTheNewMix : t.recordings.hearTheNewMix}
          aria-busy={loading}
          onClick={() => (on ? player.pause() : void player.play())}
        >
          {on ? <PauseIcon /> : <PlayIcon />}
        </button>
        <input
          type="range"
          min={0}
          max={Math.max(1, Math.ceil(seconds))}
          step={1}
          value={Math.floor(at)}
          aria-label={t.recordings.whereInTheNewMix}
          aria-valuetext={t.recordings.of({ at: minutes(at), length: minutes(seconds) })}
          onInput={(event) => player.seek(event.currentTarget.valueAsNumber * SAMPLE_RATE)}
        />
        <p class="player-time" aria-hidden="true">
          {loading ? t.recordings.loading : `${minutes(at)} / ${minutes(seconds)}`}
        </p>
      </div>
      {problem !== null && <Problem>{problem}</Problem>}
    </>
  );
}

function Strip({ name, strip, onChange }: { name: string; strip: TrackMix; onChange: (wish: Partial<TrackMix>) => void }): JSX.Element {
  return (
    <li class={strip.muted ? 'strip muted' : 'strip'}>
      <span class="strip-name">{name}</span>
      <label>
        <span class="strip-what" aria-hidden="true">
          {t.recordings.volume}
        </span>
        <input
          type="range"
          aria-label={t.recordings.volumeOf({ name })}
          min={LEAST_DB}
          max={MOST_DB}
          step={0.5}
          value={strip.gain_db}
          aria-valuetext={decibelWords(strip.gain_db)}
          onInput={(event) => onChange({ gain_db: event.currentTarget.valueAsNumber })}
        />
      </label>
      <output class="strip-level">{decibelWords(strip.gain_db)}</output>
      <label>
        <span class="strip-what" aria-hidden="true">
          {t.recordings.leftOrRight}
        </span>
        <input
          type="range"
          aria-label={t.recordings.whereIsHeard({ name })}
          class="strip-balance"
          min={-1}
          max={1}
          step={0.05}
          value={strip.balance}
          aria-valuetext={balanceWords(strip.balance)}
          onInput={(event) => onChange({ balance: event.currentTarget.valueAsNumber })}
        />
      </label>
      <label class="check">
        <input
          type="checkbox"
          aria-label={t.recordings.muteSinger({ name })}
          checked={strip.muted}
          onChange={(event) => onChange({ muted: event.currentTarget.checked })}
        />
        <span aria-hidden="true">{t.recordings.mute}</span>
      </label>
    </li>
  );
}
