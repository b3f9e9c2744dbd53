// A list that is known as a whole, of which only the beginning is shown until one wants more: thousands of rows make a page slow.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { numberText } from '../../i18n/format.js';
import { t } from '../../i18n/words.js';

const AT_FIRST = 200;
const MORE = 500;

interface Props {
  songs: readonly unknown[];
  /** So many at most. */
  children: (most: number) => JSX.Element;
}

export function LongList({ songs, children }: Props): JSX.Element {
  const [most, setMost] = useState(AT_FIRST);
  return (
    <>
      {songs.length > most && (
        <p class="hint" role="status">
          {t.library.theFirstOf({ count: numberText(most), total: numberText(songs.length) })}
        </p>
      )}
      {children(most)}
      {songs.length > most && (
        <button type="button" class="secondary" onClick={() => setMost(most + MORE)}>
          {t.library.showMore}
        </button>
      )}
    </>
  );
}
