// The songs of the library, what one looks for among them, and new ones.
import { useEffect } from 'preact/hooks';
import type { JSX } from 'preact';
import { numberText } from '../../i18n/format.js';
import { t } from '../../i18n/words.js';
import type { LibrarySong } from '../../net/library.js';
import { ALBUMS_PATH, ARTISTS_PATH, mayUpload, type Library } from './library.js';
import { keep, keptOf } from '../../page/parts/kept_place.js';
import { PageLink } from '../../page/parts/page_link.js';
import { KEPT_SONGS, readKeptSongs } from './kept_songs.js';
import { FilterPart } from './filter_part.js';
import type { Player } from './player.js';
import { wishesIn } from './song_filter.js';
import { ListFrame } from '../../page/parts/list_frame.js';
import { SongRows } from './song_row.js';
import { hasLists, ListsPart } from './lists_part.js';
import { UploadsNeedLogin, UploadsPart } from './uploads_part.js';

export function SongList({ library, player }: { library: Library; player: Player }): JSX.Element {
  const { songs } = library;
  const kept = { typed: songs.typed.value, filter: songs.filter.value, shown: songs.shown.value?.length ?? 0 };
  // By Back to a list that was narrowed down otherwise, or before a reload of another page.
  useEffect(() => songs.return(readKeptSongs(keptOf(KEPT_SONGS))), [songs]);
  useEffect(() => keep(KEPT_SONGS, kept), [kept.typed, kept.filter, kept.shown]);
  return (
    <>
      <form class="library-search" role="search" onSubmit={(event) => event.preventDefault()}>
        <label for="library-search">{t.library.search}</label>
        <input
          id="library-search"
          type="text"
          inputMode="search"
          enterkeyhint="search"
          autocomplete="off"
          spellcheck={false}
          placeholder={t.library.titleOrName}
          value={songs.typed.value}
          onInput={(event) => songs.search(event.currentTarget.value)}
        />
      </form>
      <nav class="library-way" aria-label={t.shelves.artists}>
        <PageLink path={ARTISTS_PATH}>{t.shelves.artists}</PageLink>
        <PageLink path={ALBUMS_PATH}>{t.shelves.albums}</PageLink>
        {hasLists(library) && <a href="#library-lists">{t.library.lists}</a>}
        {mayUpload(library.account.value, library.rules.value) && <a href="#library-new">{t.library.newSongs}</a>}
      </nav>
      <FilterPart songs={songs} />
      <Found library={library} player={player} />
      <ListsPart library={library} />
      {mayUpload(library.account.value, library.rules.value) ? (
        <UploadsPart library={library} player={player} />
      ) : (
        <UploadsNeedLogin uploads={library.uploads} />
      )}
    </>
  );
}

function Found({ library, player }: { library: Library; player: Player }): JSX.Element {
  const { songs } = library;
  const shown = songs.shown.value;
  const problem = songs.problem.value;
  const looking = songs.looking.value;
  const typed = songs.typed.value.trim() !== '';
  const narrowed = wishesIn(songs.filter.value) > 0;
  return (
    <section class="library-found" aria-labelledby="library-songs" data-keeps-focus>
      <h2 id="library-songs">{t.library.songs}</h2>
      <ListFrame
        status={statusWords(shown, { looking, typed, narrowed, more: songs.more.value, total: songs.total.value, problem })}
        problem={problem}
        onAgain={() => void songs.load()}
        more={songs.more.value}
        moreWords={typed ? t.library.searchOn : t.library.showMore}
        busy={looking}
        onMore={() => void songs.goOn()}
      >
        {shown !== null && shown.length > 0 && <SongRows songs={shown} player={player} />}
      </ListFrame>
    </section>
  );
}

interface Found {
  looking: boolean;
  typed: boolean;
  narrowed: boolean;
  more: boolean;
  total: number | null;
  problem: string | null;
}

function statusWords(shown: readonly LibrarySong[] | null, { looking, typed, narrowed, more, total, problem }: Found): string {
  if (looking) return t.library.lookingForSongs;
  if (shown === null || problem !== null) return '';
  if (shown.length === 0 && narrowed) return t.libraryFilter.noneSo;
  if (shown.length === 0) return typed ? t.library.nothingFound : t.library.nothingHereYet;
  if (more && total !== null) return t.library.theFirstOf({ count: numberText(shown.length), total: numberText(total) });
  return more ? t.library.theFirst({ count: shown.length }) : t.library.soMany({ count: shown.length });
}
