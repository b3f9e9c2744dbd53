// Songs that one may like, each with the reason.
import { useEffect } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { askRecommended } from '../../net/library_lists.js';
import { ArrivalTitle, Problem } from '../../page/parts/parts.js';
import type { Library } from './library.js';
import { useListed } from './listed.js';
import type { Player } from './player.js';
import { Way } from './shelf_part.js';
import { SongRow } from './song_row.js';

interface PageProps {
  library: Library;
  player: Player;
}

export function RecommendedPage({ library, player }: PageProps): JSX.Element {
  const account = library.account.value;
  useEffect(() => {
    document.title = t.libraryFilter.forYou;
  }, []);
  return (
    <>
      <Way steps={[]} />
      <ArrivalTitle>{t.libraryFilter.forYou}</ArrivalTitle>
      {account === null ? <p>{t.libraryFilter.logInForThese}</p> : <Rows key={account.id} player={player} />}
    </>
  );
}

function Rows({ player }: { player: Player }): JSX.Element {
  const { rows, problem } = useListed(askRecommended);
  const songs = rows?.map(({ song }) => song) ?? [];
  return (
    <>
      <p class="hint" role="status">
        {rows === null && problem === null ? t.library.lookingForSongs : rows?.length === 0 ? t.libraryFilter.nothingForYou : ''}
      </p>
      {problem !== null && <Problem>{problem}</Problem>}
      <ul class="library-songs">
        {rows?.map(({ song, why }, i) => (
          <SongRow key={song.id} song={song} player={player} onPlay={() => player.playAll(songs, i)} why={why} />
        ))}
      </ul>
    </>
  );
}
