// Songs are put on one of one's own playlists.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import type { Library } from './library.js';
import { ownPlaylists } from './lists.js';

interface IntoPlaylistProps {
  id: string;
  label: string;
  songs: readonly number[];
  library: Library;
  /** What is said when they are on the list of this name. */
  done: (values: { name: string }) => string;
  onProblem: (problem: string | null) => void;
}

/** Nothing where one has none. */
export function IntoPlaylist({ id, label, songs, library, done, onProblem }: IntoPlaylistProps): JSX.Element | null {
  const [put, setPut] = useState<string | null>(null);
  const own = ownPlaylists(library.lists.playlists.value, library.account.value);
  if (own.length === 0) return null;
  const add = async (list: number): Promise<void> => {
    const answer = await library.lists.change(list, { add: [...songs] });
    onProblem(answer.ok ? null : answer.error);
    setPut(answer.ok ? answer.value.name : null);
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value="" onChange={(event) => void add(Number(event.currentTarget.value))}>
        <option value="" disabled>
          {t.library.chooseAPlaylist}
        </option>
        {own.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
      <p class="hint" role="status">
        {put === null ? '' : done({ name: put })}
      </p>
    </div>
  );
}
