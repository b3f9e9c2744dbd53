// The player at the foot of the library's pages: what is heard, where in it, and what comes after it.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { songAddress } from '../../net/library.js';
import { BackIcon, NextIcon, PauseIcon, PlayIcon, TrashIcon } from '../../page/parts/icons.js';
import { Problem } from '../../page/parts/parts.js';
import { SHAPE_COLUMNS, SoundShape } from '../../page/parts/sound_shape.js';
import { pathOf } from '../recordings/waveform.js';
import { minutes } from '../song/status.js';
import { findShape } from './commands.js';
import { Cover } from './cover.js';
import { songPath } from './library.js';
import { PageLink } from '../../page/parts/page_link.js';
import type { Player } from './player.js';
import { WordsPart } from './words_part.js';

const STEP_S = 5;
const MOST_LOOKS = 4;
const LOOK_AGAIN_MS = 4_000;

export function PlayerBar({ player }: { player: Player }): JSX.Element | null {
  const [open, setOpen] = useState(false);
  const [words, setWords] = useState(false);
  const song = player.current.value;
  const missed = player.missed.value;
  if (song === null && missed === null) return null;
  if (song === null)
    return (
      <section class="library-player" aria-label={t.library.player}>
        <Missed title={missed} />
      </section>
    );
  const on = player.on.value;
  const { title } = song;
  return (
    <section class="library-player" aria-label={t.library.player} data-keeps-focus>
      <Missed title={missed} />
      {player.failed.value && (
        <Problem>
          {t.library.cannotBePlayed}{' '}
          <a href={songAddress(song.id, true)} download>
            {t.library.download}
          </a>
        </Problem>
      )}
      <div class="library-bar">
        <div class="library-now">
          <Cover of="songs" id={song.id} cover={song.cover} title={title} size="small" />
          <p>
            <PageLink path={songPath(song.id)}>{title}</PageLink>
            {song.artist && <span class="hint">{song.artist}</span>}
          </p>
        </div>
        <div class="library-buttons">
          <button type="button" class="quiet" aria-label={t.library.previousSong} onClick={() => player.previous()}>
            <BackIcon />
          </button>
          <button
            type="button"
            class="primary library-play"
            aria-label={on ? t.library.pause({ title }) : t.library.play({ title })}
            onClick={() => player.press()}
          >
            {on ? <PauseIcon /> : <PlayIcon />}
          </button>
          <button
            type="button"
            class="quiet"
            aria-label={t.library.nextSong}
            disabled={player.place.value + 1 >= player.queue.value.length}
            onClick={() => void player.next()}
          >
            <NextIcon />
          </button>
        </div>
        <Seek player={player} id={song.id} title={title} />
        <div class="library-buttons">
          {song.has_words && (
            <button type="button" class="secondary" aria-expanded={words} aria-controls="library-words" onClick={() => setWords(!words)}>
              {t.shelves.words}
            </button>
          )}
          <button type="button" class="secondary" aria-expanded={open} aria-controls="library-queue" onClick={() => setOpen(!open)}>
            {t.library.queue({ count: player.queue.value.length })}
          </button>
        </div>
      </div>
      {player.smaller.possible && (
        <label class="check library-saving">
          <input type="checkbox" checked={player.smaller.on.value} onChange={(event) => player.smaller.choose(event.currentTarget.checked)} />
          <span>{t.library.saveData}</span>
        </label>
      )}
      {words && song.has_words && <WordsPart song={song} player={player} />}
      <Queue player={player} open={open} />
    </section>
  );
}

/** What was to be played and is not there. */
function Missed({ title }: { title: string | null }): JSX.Element | null {
  return title === null ? null : <Problem>{t.library.isNotHereAnyMore({ title })}</Problem>;
}

/** The path to draw behind the bar; null until it is there. Of a song that has just come it is not known at once. */
function useShape(id: number): string | null {
  const [path, setPath] = useState<string | null>(null);
  useEffect(() => {
    setPath(null);
    const gone = new AbortController();
    let timer = 0;
    const look = async (tries: number): Promise<void> => {
      const points = await findShape(id, gone.signal);
      if (gone.signal.aborted) return;
      if (points !== null) setPath(pathOf(points, SHAPE_COLUMNS));
      else if (tries > 1) timer = window.setTimeout(() => void look(tries - 1), LOOK_AGAIN_MS);
    };
    void look(MOST_LOOKS);
    return () => {
      gone.abort();
      window.clearTimeout(timer);
    };
  }, [id]);
  return path;
}

/** Apart from the rest: it is drawn anew four times a second. */
function Seek({ player, id, title }: { player: Player; id: number; title: string }): JSX.Element {
  const shape = useShape(id);
  const at = player.atS.value;
  const length = player.lengthS.value;
  return (
    <div class="library-seek">
      <div class="library-place">
        {shape !== null && <SoundShape path={shape} share={length > 0 ? Math.min(1, at / length) : 0} />}
        <input
          type="range"
          min={0}
          max={Math.max(1, Math.ceil(length))}
          step={1}
          value={Math.floor(at)}
          disabled={length === 0}
          aria-label={t.library.whereIn({ title })}
          aria-valuetext={t.library.timeOf({ at: minutes(at), length: minutes(length) })}
          onInput={(event) => player.seek(event.currentTarget.valueAsNumber)}
          onKeyDown={(event) => {
            const by = { ArrowLeft: -STEP_S, ArrowDown: -STEP_S, ArrowRight: STEP_S, ArrowUp: STEP_S }[event.key];
            if (by === undefined) return;
            event.preventDefault();
            player.seek(Math.min(length, Math.max(0, at + by)));
          }}
        />
      </div>
      <span class="player-time" aria-hidden="true">
        {minutes(at)} / {minutes(length)}
      </span>
    </div>
  );
}

function Queue({ player, open }: { player: Player; open: boolean }): JSX.Element {
  return (
    <ol id="library-queue" class="library-queue" hidden={!open} aria-label={t.library.whatComesNext} data-keeps-focus>
      {player.queue.value.map(({ key, song }, i) => (
        <li key={key} class={i === player.place.value ? 'current' : undefined} aria-current={i === player.place.value ? 'true' : undefined}>
          <button type="button" class="quiet library-title" onClick={() => player.begin(i)}>
            {song.title}
          </button>
          <button type="button" class="quiet" aria-label={t.library.outOfTheQueue({ title: song.title })} onClick={() => player.remove(i)}>
            <TrashIcon />
          </button>
        </li>
      ))}
    </ol>
  );
}
