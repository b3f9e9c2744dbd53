// The way to favourites and playlists, and a new playlist.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { ArrivalTitle, Problem } from '../../page/parts/parts.js';
import { go } from '../../page/routes.js';
import { FAVOURITES_PATH, LIBRARY_PATH, playlistPath, type Library } from './library.js';
import { PageLink } from '../../page/parts/page_link.js';
import type { Player } from './player.js';
import { SongRows } from './song_row.js';

export function ListsPart({ library }: { library: Library }): JSX.Element | null {
  const favourites = library.lists.favourites.value;
  const playlists = library.lists.playlists.value;
  const account = library.account.value;
  if (favourites === null && (playlists === null || (playlists.length === 0 && account === null))) return null;
  return (
    <section class="library-lists" aria-labelledby="library-lists">
      <h2 id="library-lists">{t.library.lists}</h2>
      <ul>
        {favourites !== null && (
          <li>
            <PageLink path={FAVOURITES_PATH}>{t.library.favourites({ count: favourites.length })}</PageLink>
          </li>
        )}
        {playlists?.map((one) => (
          <li key={one.id}>
            <PageLink path={playlistPath(one.id)}>{one.name}</PageLink>
            {one.owner_id !== account?.id && <span class="hint">{t.library.listOf({ name: one.owner })}</span>}
          </li>
        ))}
      </ul>
      {account !== null && playlists !== null && <NewPlaylist library={library} />}
    </section>
  );
}

function NewPlaylist({ library }: { library: Library }): JSX.Element {
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const made = await library.lists.make(name, []);
    setProblem(made.ok ? null : made.error);
    if (made.ok) go(playlistPath(made.value.id));
  };
  return (
    <form class="library-form" onSubmit={(event) => void submit(event)}>
      <label for="library-list-name">{t.library.newPlaylist}</label>
      <div class="library-with-button">
        <input id="library-list-name" type="text" required autocomplete="off" value={name} onInput={(event) => setName(event.currentTarget.value)} />
        <button type="submit" class="secondary">
          {t.library.makeIt}
        </button>
      </div>
      {problem !== null && <Problem>{problem}</Problem>}
    </form>
  );
}

export function FavouritesPage({ library, player }: { library: Library; player: Player }): JSX.Element {
  const favourites = library.lists.favourites.value;
  return (
    <>
      <p>
        <PageLink path={LIBRARY_PATH}>{t.library.allSongs}</PageLink>
      </p>
      <ArrivalTitle>{t.library.yourFavourites}</ArrivalTitle>
      {favourites === null && <p role="status">{library.account.value === null ? t.library.logInForFavourites : t.library.lookingForSongs}</p>}
      {favourites?.length === 0 && <p class="hint">{t.library.noFavouritesYet}</p>}
      {favourites !== null && <SongRows songs={favourites} player={player} />}
    </>
  );
}
