// Songs are put on one of one's own playlists: those that are not on it yet, and one song also once more if somebody wants it so. Choosing a
// playlist does nothing by itself, since arrow keys and letters pass others on their way.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import type { LibraryResult, LibrarySong } from '../../net/library.js';
import type { Library } from './library.js';
import { ownPlaylists, type PutOnList } from './lists.js';

interface IntoPlaylistProps {
  id: string;
  label: string;
  songs: readonly LibrarySong[];
  library: Library;
  onProblem: (problem: string | null) => void;
}

/** Nothing where one has none. */
export function IntoPlaylist({ id, label, songs, library, onProblem }: IntoPlaylistProps): JSX.Element | null {
  const [put, setPut] = useState<PutOnList | null>(null);
  const { lists } = library;
  const own = ownPlaylists(lists.playlists.value, library.account.value);
  if (own.length === 0) return null;
  const chosen = own.length === 1 ? own[0] : own.find((one) => one.id === lists.chosen.value);
  const ids = songs.map((song) => song.id);
  // What others see of the list, and not of these songs.
  const hides = own.some((one) => one.id === put?.list && !one.private) && songs.some((song) => song.private);
  const follow = async (coming: Promise<LibraryResult<PutOnList>>): Promise<void> => {
    setPut(null);
    const answer = await coming;
    onProblem(answer.ok ? null : answer.error);
    if (answer.ok) setPut(answer.value);
  };
  const choose = (list: number): void => {
    lists.chosen.value = list;
    setPut(null);
  };
  return (
    <div class="field library-into" data-keeps-focus>
      <label id={`${id}-label`} for={id}>
        {label}
      </label>
      <div class="library-with-button">
        <select id={id} value={chosen?.id ?? ''} onChange={(event) => choose(Number(event.currentTarget.value))}>
          {chosen === undefined && (
            <option value="" disabled>
              {t.library.chooseAPlaylist}
            </option>
          )}
          {own.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
        <button
          type="button"
          class="secondary"
          aria-describedby={`${id}-label`}
          disabled={chosen === undefined}
          onClick={() => chosen && void follow(lists.put(chosen.id, ids))}
        >
          {t.library.addIt}
        </button>
      </div>
      <p class="hint" role="status">
        {put === null ? '' : putWords(put)}
        {hides && ` ${t.library.privateStayHidden}`}
      </p>
      {put !== null && put.put === 0 && songs.length === 1 && (
        <button type="button" class="secondary" onClick={() => void follow(lists.putAnyway(put.list, put.there))}>
          {t.library.addItAgain}
        </button>
      )}
    </div>
  );
}

/** What is said then. */
export function putWords({ name, put, there }: PutOnList): string {
  if (put + there.length === 1) return put === 1 ? t.library.isInThePlaylist({ name }) : t.library.isOnItAlready({ name });
  if (put === 0) return t.library.areOnItAlready({ name });
  const now = t.library.areInThePlaylist({ name });
  return there.length === 0 ? now : `${now} ${t.library.soManyWereOnIt({ count: there.length })}`;
}
