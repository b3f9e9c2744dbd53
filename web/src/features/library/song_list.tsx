// The songs of the library, what one looks for among them, and new ones.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import type { LibrarySong } from '../../net/library.js';
import { FileUpload } from '../../page/parts/file_upload.js';
import { bring } from './commands.js';
import { ALBUMS_PATH, ARTISTS_PATH, mayUpload, songPath, type Library } from './library.js';
import { PageLink } from '../../page/parts/page_link.js';
import { FilterPart } from './filter_part.js';
import type { Player } from './player.js';
import { wishesIn } from './song_filter.js';
import { ListFrame } from '../../page/parts/list_frame.js';
import { SongRows } from './song_row.js';
import { hasLists, ListsPart } from './lists_part.js';

const KINDS = 'audio/*,.mp3,.flac,.wav,.ogg,.opus,.m4a,.aiff,.aif,.caf,.webm,.wma';

export function SongList({ library, player }: { library: Library; player: Player }): JSX.Element {
  const { songs } = library;
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
        {mayUpload(library.account.value, library.rules.value) && <a href="#library-new">{t.library.aNewSong}</a>}
      </nav>
      <FilterPart songs={songs} />
      <Found library={library} player={player} />
      <ListsPart library={library} />
      {mayUpload(library.account.value, library.rules.value) ? <NewSong library={library} /> : <p class="note">{t.library.logInToUpload}</p>}
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
        status={statusWords(shown, { looking, typed, narrowed, more: songs.more.value, problem })}
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
  problem: string | null;
}

function statusWords(shown: readonly LibrarySong[] | null, { looking, typed, narrowed, more, problem }: Found): string {
  if (looking) return t.library.lookingForSongs;
  if (shown === null || problem !== null) return '';
  if (shown.length === 0 && narrowed) return t.libraryFilter.noneSo;
  if (shown.length === 0) return typed ? t.library.nothingFound : t.library.nothingHereYet;
  return more ? t.library.theFirst({ count: shown.length }) : t.library.soMany({ count: shown.length });
}

function NewSong({ library }: { library: Library }): JSX.Element {
  const [brought, setBrought] = useState<LibrarySong | null>(null);
  return (
    <section class="library-new" aria-labelledby="library-new">
      <h2 id="library-new">{t.library.aNewSong}</h2>
      <FileUpload
        words={{
          choose: t.library.uploadASong,
          stop: t.library.stopTheUpload,
          drop: t.library.orDropAFile,
          label: t.library.soundFile,
          broken: t.library.uploading,
          uploading: t.library.uploading,
          preparing: ({ name }) => t.library.keepingIt({ name }),
        }}
        kinds={KINDS}
        disabled={false}
        begin={bring}
        onEnd={(_, result) => {
          setBrought(result.ok ? result.value : null);
          if (!result.ok) return;
          library.songs.put(result.value);
          library.arrivals.watch(result.value);
        }}
      />
      {brought !== null && (
        <p class="note" role="status">
          {t.library.isInTheLibrary({ title: brought.title })}{' '}
          <PageLink path={songPath(brought.id)}>{brought.private ? t.library.nameAndShareIt : t.library.nameIt}</PageLink>
        </p>
      )}
    </section>
  );
}
