// A song in a list: to hear it, to open it, and what else is done with it there.
import type { ComponentChildren, JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { hasSound, type LibrarySong } from '../../net/library.js';
import { PauseIcon, PlayIcon } from '../../page/parts/icons.js';
import { songPath } from './library.js';
import { aboutSong } from './about_song.js';
import { PageLink } from '../../page/parts/page_link.js';
import type { Player } from './player.js';

interface RowProps {
  song: LibrarySong;
  player: Player;
  onPlay: () => void;
  /** Why it stands here. */
  why?: string;
  /** Instead of what puts it into the queue. */
  children?: ComponentChildren;
}

interface RowsProps {
  songs: readonly LibrarySong[];
  player: Player;
  /** So many are shown. */
  most?: number;
}

/** All of them are played, shown or not, from the one that was pressed on. */
export function SongRows({ songs, player, most = songs.length }: RowsProps): JSX.Element {
  return (
    <ul class="library-songs">
      {songs.slice(0, most).map((song, i) => (
        <SongRow key={song.id} song={song} player={player} onPlay={() => player.playAll(songs, i)} />
      ))}
    </ul>
  );
}

export function SongRow({ song, player, onPlay, why, children }: RowProps): JSX.Element {
  const current = player.current.value?.id === song.id;
  const on = current && player.on.value;
  const about = aboutSong(song);
  return (
    <li class={current ? 'current' : undefined}>
      <button
        type="button"
        class="secondary library-play"
        aria-label={on ? t.library.pause({ title: song.title }) : t.library.play({ title: song.title })}
        disabled={!hasSound(song)}
        onClick={() => (current ? player.press() : onPlay())}
      >
        {on ? <PauseIcon /> : <PlayIcon />}
      </button>
      <span class="library-song">
        <PageLink path={songPath(song.id)}>{song.title}</PageLink>
        {about !== '' && <span class="hint">{about}</span>}
        {!hasSound(song) && <span class="hint">{t.library.noSound}</span>}
        {song.private && <span class="hint library-private">{t.library.onlyYou}</span>}
        {why !== undefined && <span class="hint library-why">{why}</span>}
      </span>
      {children ??
        (hasSound(song) && (
          <button type="button" class="quiet" onClick={() => player.add(song)}>
            {t.library.addToTheQueue}
            <span class="only-read">: {song.title}</span>
          </button>
        ))}
    </li>
  );
}
