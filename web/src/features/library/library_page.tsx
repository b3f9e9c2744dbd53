// The pages of the song library: its list, or one song, with the player below. What plays goes on from one to the other.
import { useEffect, useMemo } from 'preact/hooks';
import type { JSX } from 'preact';
import { effect, untracked } from '@preact/signals';
import { t } from '../../i18n/words.js';
import { refusals } from '../../net/library.js';
import { keptOf } from '../../page/parts/kept_place.js';
import { PageLink } from '../../page/parts/page_link.js';
import { ArrivalTitle, Brand, Problem } from '../../page/parts/parts.js';
import { go, type LibraryPlace } from '../../page/routes.js';
import { AccountPage } from './account_page.js';
import { ApiPage } from './api_page.js';
import { AccountPart } from './account_part.js';
import { countPlay, lookForSilent, told } from './commands.js';
import { DuplicatesPage } from './duplicates_page.js';
import { ExportPart } from './export_part.js';
import { API_PATH, DUPLICATES_PATH, Library, tendsAlbums } from './library.js';
import { KEPT_SONGS, readKeptSongs } from './kept_songs.js';
import { HousePage } from './house_page.js';
import { ImportsPart } from './imports_part.js';
import { FavouritesPage } from './lists_part.js';
import { followMediaKeys } from './media_keys.js';
import { Player } from './player.js';
import { PlayerBar } from './player_bar.js';
import { PlaylistPage } from './playlist_page.js';
import { RecommendedPage } from './recommended_page.js';
import { SeamlessSound } from './seamless_sound.js';
import { AlbumPage, ArtistPage, ShelvesPage } from './shelves_page.js';
import { SongList } from './song_list.js';
import { SongPage } from './song_page.js';

interface PageProps {
  at: LibraryPlace;
  languages: JSX.Element;
}

export function LibraryPage({ at, languages }: PageProps): JSX.Element {
  const library = useMemo(() => new Library(), []);
  const player = useMemo(() => new Player(new SeamlessSound(new Audio())), []);
  useEffect(() => {
    void library.open(readKeptSongs(keptOf(KEPT_SONGS)));
    player.onHeard = (song) => countPlay(library, song);
    player.onFailed = (song) => void lookForSilent(library, player, song);
    library.arrivals.onChange = (song) => {
      told(library, player, song);
      library.fresh.value = song;
    };
    const unfollow = followMediaKeys(player);
    const look = (): void => {
      if (document.visibilityState === 'visible') void library.lookWhoIsIn();
    };
    document.addEventListener('visibilitychange', look);
    const ends = effect(() => {
      if (refusals.value > 0) untracked(() => void library.lookWhoIsIn());
    });
    return () => {
      unfollow();
      document.removeEventListener('visibilitychange', look);
      ends();
      player.end();
      library.close();
    };
  }, [library, player]);
  useEffect(() => {
    if (at.view === 'songs' || at.view === 'favourites') document.title = t.library.songLibrary;
  }, [at.view]);
  return (
    <div class="library">
      <header class="masthead">
        <Brand onHome={() => go('/')} />
        {languages}
      </header>
      <LibraryMain at={at} library={library} player={player} />
      <PlayerBar player={player} />
    </div>
  );
}

interface MainProps {
  at: LibraryPlace;
  library: Library;
  player: Player;
}

/** Below the masthead. */
export function LibraryMain({ at, library, player }: MainProps): JSX.Element {
  const state = library.state.value;
  return (
    <main class="narrow library-main">
      {state === 'here' ? (
        <>
          <AccountPart library={library} player={player} />
          <Place at={at} library={library} player={player} />
        </>
      ) : (
        <>
          <ArrivalTitle>{t.library.songLibrary}</ArrivalTitle>
          {state === 'asking' && <p role="status">{t.library.lookingForSongs}</p>}
          {state === 'nowhere' && <p>{t.library.noLibraryHere}</p>}
          {state === 'silent' && (
            <Problem>
              {library.problem.value}{' '}
              <button type="button" class="secondary" onClick={() => void library.open()}>
                {t.library.tryAgain}
              </button>
            </Problem>
          )}
        </>
      )}
    </main>
  );
}

function Place({ at, library, player }: MainProps): JSX.Element {
  switch (at.view) {
    case 'song':
      return <SongPage key={at.id} id={at.id} library={library} player={player} />;
    case 'playlist':
      return <PlaylistPage key={at.id} id={at.id} library={library} player={player} />;
    case 'artist':
      return <ArtistPage key={at.id} id={at.id} library={library} player={player} />;
    case 'album':
      return <AlbumPage key={at.id} id={at.id} library={library} player={player} />;
    case 'artists':
    case 'albums':
      return <ShelvesPage key={at.view} kind={at.view} library={library} />;
    case 'settings':
      return <HousePage library={library} />;
    case 'account':
      return <AccountPage library={library} player={player} />;
    case 'api':
      return <ApiPage />;
    case 'favourites':
      return <FavouritesPage library={library} player={player} />;
    case 'recommended':
      return <RecommendedPage library={library} player={player} />;
    case 'duplicates':
      return <DuplicatesPage library={library} />;
    case 'songs':
      return (
        <>
          <ArrivalTitle>{t.library.songLibrary}</ArrivalTitle>
          <SongList library={library} player={player} />
          <ImportsPart library={library} />
          <p class="library-foot">
            {tendsAlbums(library.account.value) && <PageLink path={DUPLICATES_PATH}>{t.libraryTending.duplicates}</PageLink>}
            <ExportPart library={library} />
            <PageLink path={API_PATH}>{t.libraryApi.forPrograms}</PageLink>
          </p>
        </>
      );
  }
}
