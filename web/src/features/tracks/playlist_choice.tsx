// In the room: a playlist of the library, whose songs are shown in their order and can come into the programme all together.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { hasSound, type LibraryResult, type LibrarySong } from '../../net/library.js';
import { askPlaylists, askPlaylistSongs, type Playlist } from '../../net/library_lists.js';

export interface ChosenList {
  /** Null: songs are looked for. */
  id: number | null;
  /** Those with a sound; null: they have not come yet. */
  songs: LibraryResult<LibrarySong[]> | null;
  playlists: readonly Playlist[];
  choose: (id: number | null) => void;
}

export function useChosenList(): ChosenList {
  const [playlists, setPlaylists] = useState<readonly Playlist[]>([]);
  const [id, choose] = useState<number | null>(null);
  const [songs, setSongs] = useState<LibraryResult<LibrarySong[]> | null>(null);
  useEffect(() => {
    let here = true;
    void askPlaylists().then((answer) => here && answer.ok && setPlaylists(answer.value));
    return () => {
      here = false;
    };
  }, []);
  useEffect(() => {
    let here = true;
    setSongs(null);
    if (id !== null)
      void askPlaylistSongs(id).then((answer) => here && setSongs(answer.ok ? { ok: true, value: answer.value.songs.filter(hasSound) } : answer));
    return () => {
      here = false;
    };
  }, [id]);
  return { id, songs, playlists, choose };
}

/** Nothing where there are no playlists. */
export function PlaylistChoice({ list }: { list: ChosenList }): JSX.Element | null {
  if (list.playlists.length === 0) return null;
  return (
    <div class="field">
      <label for="from-playlist">{t.libraryRoom.ofAPlaylist}</label>
      <select
        id="from-playlist"
        value={list.id ?? ''}
        onChange={(event) => list.choose(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
      >
        <option value="">{t.libraryRoom.allSongsThere}</option>
        {list.playlists.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
