// Of a playlist that is for everybody: its private songs stay hidden from the others. Its owner is told, and can open them.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import type { LibraryAccount, LibrarySong } from '../../net/library.js';
import type { Playlist } from '../../net/library_lists.js';
import { Problem } from '../../page/parts/parts.js';
import { mayChange } from './library.js';

/** Those that others do not hear, each once, however often it is on the list. */
export function privateSongs(songs: readonly LibrarySong[]): LibrarySong[] {
  return [...new Map(songs.filter((song) => song.private).map((song) => [song.id, song])).values()];
}

interface SharedListProps {
  list: Playlist;
  songs: readonly LibrarySong[];
  account: LibraryAccount | null;
  onChange: (wish: { private: boolean }) => void;
  /** Why not all of them are for everybody now; null: they are. */
  share: (songs: readonly LibrarySong[]) => Promise<string | null>;
}

/** Whether the list is for everybody, and what others do not hear of it then. */
export function SharedList({ list, songs, account, onChange, share }: SharedListProps): JSX.Element {
  const [problem, setProblem] = useState<string | null>(null);
  const hidden = privateSongs(songs);
  const told = list.private ? 0 : hidden.length;
  const openable = hidden.filter((song) => mayChange(account, song));
  return (
    <div class="library-sharing" data-keeps-focus>
      <label class="check">
        <input type="checkbox" checked={!list.private} onChange={(event) => onChange({ private: !event.currentTarget.checked })} />
        <span>
          {t.library.forEverybody}
          <small>
            {t.library.whoeverOpensThis} {hidden.length > 0 && t.library.privateStayHidden}
          </small>
        </span>
      </label>
      <div role="status">{told > 0 && <p class="note">{t.library.areNotHeard({ count: told })}</p>}</div>
      {told > 0 && openable.length > 0 && (
        <button type="button" class="secondary" onClick={() => void share(openable).then(setProblem)}>
          {t.library.openSongs({ count: openable.length })}
        </button>
      )}
      {problem !== null && <Problem>{problem}</Problem>}
    </div>
  );
}
