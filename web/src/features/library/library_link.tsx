// The way from the first page to the song library; nothing where the server has none.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { hasLibrary, LIBRARY_PATH } from './library.js';
import { PageLink } from '../../page/parts/page_link.js';

export function LibraryLink(): JSX.Element | null {
  const [there, setThere] = useState(false);
  useEffect(() => {
    void hasLibrary().then(setThere);
  }, []);
  if (!there) return null;
  return (
    <nav class="library-link" aria-label={t.library.songLibrary}>
      <PageLink class="button secondary" path={LIBRARY_PATH}>
        {t.library.songLibrary}
      </PageLink>
    </nav>
  );
}
