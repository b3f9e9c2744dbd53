// Artists and albums like folders: all of them, what one of them has, and the songs of an album in their order.
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { hasSound, type LibraryResult, type LibrarySong } from '../../net/library.js';
import {
  askAlbum,
  askAlbums,
  askArtist,
  askArtists,
  askSongsOf,
  type LibraryAlbum,
  type LibraryArtist,
  type ShelfPart as ShelfRows,
} from '../../net/library_shelves.js';
import { removeAlbumCover, uploadAlbumCover } from '../../net/library_covers.js';
import { PlayIcon } from '../../page/parts/icons.js';
import { NotHere } from './not_here.js';
import { PageLink } from '../../page/parts/page_link.js';
import { ArrivalTitle } from '../../page/parts/parts.js';
import { minutes } from '../song/status.js';
import { Cover } from './cover.js';
import { CoverChange } from './cover_change.js';
import { albumPath, ALBUMS_PATH, artistPath, ARTISTS_PATH, tendsAlbums, type Library } from './library.js';
import type { Player } from './player.js';
import { Shelf } from './shelf.js';
import { ShelfPart, ShelfRow, Way } from './shelf_part.js';
import { SongRows } from './song_row.js';
import { TendAlbum, TendArtist } from './tend_part.js';

interface PlaceProps {
  library: Library;
  player: Player;
}

/** After the last letter. */
const TYPED_MS = 200;

/** All artists, or all albums, by name. */
export function ShelvesPage({ kind, library }: { kind: 'artists' | 'albums'; library: Library }): JSX.Element {
  const account = library.account.value?.id;
  const [letters, setLetters] = useState('');
  const artists = useMemo(() => new Shelf<LibraryArtist>((from) => askArtists(from, letters.trim())), [letters, account]);
  const albums = useMemo(() => new Shelf<LibraryAlbum>((from) => askAlbums(from, null, letters.trim())), [letters, account]);
  useEffect(() => {
    const timer = setTimeout(() => void (kind === 'artists' ? artists : albums).load(), letters === '' ? 0 : TYPED_MS);
    return () => clearTimeout(timer);
  }, [kind, artists, albums]);
  const title = kind === 'artists' ? t.shelves.artists : t.shelves.albums;
  useEffect(() => {
    document.title = title;
  }, [title]);
  const none = letters === '' ? t.shelves.noneYet : t.shelves.noneSo;
  return (
    <>
      <Way steps={[]} />
      <ArrivalTitle>{title}</ArrivalTitle>
      <form class="library-search" role="search" onSubmit={(event) => event.preventDefault()}>
        <label for="library-letters">{t.shelves.beginsWith}</label>
        <input
          id="library-letters"
          type="text"
          autocomplete="off"
          spellcheck={false}
          value={letters}
          onInput={(event) => setLetters(event.currentTarget.value)}
        />
      </form>
      <section class="library-shelf" aria-label={title}>
        {kind === 'artists' ? (
          <ShelfPart shelf={artists} none={none}>
            {(rows) => (
              <ul>
                {rows.map((one) => (
                  <ShelfRow key={one.id} path={artistPath(one.id)} name={one.name}>
                    {t.library.soMany({ count: one.songs })}
                  </ShelfRow>
                ))}
              </ul>
            )}
          </ShelfPart>
        ) : (
          <ShelfPart shelf={albums} none={none}>
            {(rows) => <Albums rows={rows} named />}
          </ShelfPart>
        )}
      </section>
    </>
  );
}

/** `named`: with whose they are. */
function Albums({ rows, named = false }: { rows: readonly LibraryAlbum[]; named?: boolean }): JSX.Element {
  return (
    <ul class="library-albums">
      {rows.map((one) => (
        <li key={one.id}>
          <PageLink path={albumPath(one.id)}>
            <Cover of="albums" id={one.id} cover={one.cover} title={one.title} size="middle" />
            <span>{one.title}</span>
          </PageLink>
          <span class="hint">{[named ? one.artist : null, one.year, t.library.soMany({ count: one.songs })].filter(Boolean).join(' · ')}</span>
        </li>
      ))}
    </ul>
  );
}

/** Asks for it anew when somebody else looks; says why it is not there. */
function useFound<T>(
  ask: () => Promise<LibraryResult<T>>,
  id: number,
  library: Library,
  name: (found: T) => string,
): [LibraryResult<T> | null, (found: LibraryResult<T>) => void, () => void] {
  const account = library.account.value?.id;
  const [found, setFound] = useState<LibraryResult<T> | null>(null);
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    let here = true;
    void ask().then((answer) => here && setFound(answer));
    return () => {
      here = false;
    };
  }, [id, account, looks]);
  const title = found?.ok ? name(found.value) : null;
  useEffect(() => {
    if (title !== null) document.title = title;
  }, [title]);
  return [found, setFound, () => setLooks((times) => times + 1)];
}

/** A list of it, asked for anew when somebody else looks. */
function useShelf<Row extends { id: number }>(
  ask: (from: number) => Promise<LibraryResult<ShelfRows<Row>>>,
  id: number,
  library: Library,
): Shelf<Row> {
  const shelf = useMemo(() => new Shelf<Row>(ask), [id, library.account.value?.id]);
  useEffect(() => void shelf.load(), [shelf]);
  return shelf;
}

export function ArtistPage({ id, library, player }: PlaceProps & { id: number }): JSX.Element {
  const tends = tendsAlbums(library.account.value);
  const [found, setFound, lookAgain] = useFound(
    () => askArtist(id),
    id,
    library,
    ({ name }) => name,
  );
  const albums = useShelf((from) => askAlbums(from, id), id, library);
  const songs = useShelf((from) => askSongsOf('artist', id, from), id, library);
  return (
    <>
      <Way steps={[{ path: ARTISTS_PATH, name: t.shelves.artists }]} />
      <ArrivalTitle>{found?.ok ? found.value.name : t.shelves.thisArtist}</ArrivalTitle>
      {found?.ok === false && (
        <NotHere
          failure={found}
          onAgain={() => {
            lookAgain();
            void Promise.all([albums.load(), songs.load()]);
          }}
        />
      )}
      {albums.rows.value?.length !== 0 && (
        <section class="library-shelf" aria-labelledby="library-albums">
          <h2 id="library-albums">{t.shelves.albums}</h2>
          <ShelfPart shelf={albums} none="">
            {(rows) => <Albums rows={rows} />}
          </ShelfPart>
        </section>
      )}
      <SongsOf songs={songs} player={player} />
      {found?.ok && tends && (
        <TendArtist
          key={found.value.id}
          row={found.value}
          library={library}
          onChange={(changed) => {
            setFound({ ok: true, value: changed });
            void Promise.all([albums.load(), songs.load()]);
          }}
        />
      )}
    </>
  );
}

export function AlbumPage({ id, library, player }: PlaceProps & { id: number }): JSX.Element {
  const tends = tendsAlbums(library.account.value);
  const [found, setFound, lookAgain] = useFound(
    () => askAlbum(id),
    id,
    library,
    ({ title }) => title,
  );
  const songs = useShelf((from) => askSongsOf('album', id, from), id, library);
  const album = found?.ok ? found.value : null;
  const of = album?.artist_id ?? null;
  const way = of === null ? [{ path: ALBUMS_PATH, name: t.shelves.albums }] : [{ path: ARTISTS_PATH, name: t.shelves.artists }];
  if (of !== null && album?.artist) way.push({ path: artistPath(of), name: album.artist });
  const about =
    album === null ? '' : [album.artist, album.year, album.length_ms ? minutes(album.length_ms / 1000) : null].filter(Boolean).join(' · ');
  return (
    <>
      <Way steps={way} />
      <div class="library-head">
        {album && <Cover of="albums" id={album.id} cover={album.cover} title={album.title} size="large" alt={album.title} />}
        <div>
          <ArrivalTitle>{album?.title ?? t.shelves.thisAlbum}</ArrivalTitle>
          {about !== '' && <p class="hint">{about}</p>}
        </div>
      </div>
      {found?.ok === false && (
        <NotHere
          failure={found}
          onAgain={() => {
            lookAgain();
            void songs.load();
          }}
        />
      )}
      <SongsOf songs={songs} player={player} />
      {album && tends && (
        <CoverChange
          own={album.own_cover}
          begin={(file, progress) => uploadAlbumCover(album.id, file, progress)}
          remove={() => removeAlbumCover(album.id)}
          onChange={(changed) => {
            setFound({ ok: true, value: changed });
            void songs.load();
          }}
        />
      )}
      {album && tends && (
        <TendAlbum
          key={album.id}
          row={album}
          library={library}
          onChange={(changed) => {
            setFound({ ok: true, value: changed });
            void songs.load();
          }}
        />
      )}
    </>
  );
}

function SongsOf({ songs, player }: { songs: Shelf<LibrarySong>; player: Player }): JSX.Element {
  const rows = songs.rows.value ?? [];
  return (
    <section class="library-found" aria-labelledby="library-songs" data-keeps-focus>
      <h2 id="library-songs">{t.shelves.songsOf}</h2>
      {rows.some(hasSound) && (
        <button type="button" class="primary" onClick={() => player.playAll(rows, 0)}>
          <PlayIcon />
          {t.library.playAll}
        </button>
      )}
      <ShelfPart shelf={songs} none={t.shelves.noneYet}>
        {(all) => <SongRows songs={all} player={player} />}
      </ShelfPart>
    </section>
  );
}
