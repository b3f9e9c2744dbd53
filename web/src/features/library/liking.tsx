// What one thinks of a song: a favourite or not, a number from 1 to 10, and the playlists to which it belongs.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { numberText } from '../../i18n/format.js';
import { t } from '../../i18n/words.js';
import type { LibrarySong } from '../../net/library.js';
import { MOST_STARS, type SongRating } from '../../net/library_lists.js';
import { Problem } from '../../page/parts/parts.js';
import { giveRating, ratingOf } from './commands.js';
import { IntoPlaylist } from './into_playlist.js';
import type { Library } from './library.js';

/** Nothing where the server keeps no such things, or one is not logged in. */
export function Liking({ song, library }: { song: LibrarySong; library: Library }): JSX.Element | null {
  const { lists } = library;
  const [problem, setProblem] = useState<string | null>(null);
  if (lists.favourites.value === null) return null;
  const liked = lists.isFavourite(song.id);
  return (
    <div class="library-liking">
      <button type="button" class="secondary" aria-pressed={liked} onClick={() => void lists.favour(song, !liked).then(setProblem)}>
        <span aria-hidden="true">{liked ? '♥' : '♡'}</span>
        {t.library.favourite}
      </button>
      <Rating song={song} onProblem={setProblem} />
      <IntoPlaylist key={song.id} id="library-into" label={t.library.intoAPlaylist} songs={[song]} library={library} onProblem={setProblem} />
      {problem !== null && <Problem>{problem}</Problem>}
    </div>
  );
}

interface PartProps {
  song: LibrarySong;
  onProblem: (problem: string | null) => void;
}

function Rating({ song, onProblem }: PartProps): JSX.Element | null {
  const [rating, setRating] = useState<SongRating | null>(null);
  useEffect(() => {
    let here = true;
    void ratingOf(song.id).then((answer) => here && answer.ok && setRating(answer.value));
    return () => {
      here = false;
    };
  }, [song.id]);
  if (rating === null) return null;
  const give = async (value: string): Promise<void> => {
    const answer = await giveRating(song.id, value === '' ? null : Number(value));
    onProblem(answer.ok ? null : answer.error);
    // Refused: what is shown goes back to what holds.
    setRating(answer.ok ? answer.value : { ...rating });
  };
  return (
    <div class="field">
      <label for="library-rating">{t.library.yourRating}</label>
      <select id="library-rating" value={rating.own_rating ?? ''} onChange={(event) => void give(event.currentTarget.value)}>
        <option value="">{t.library.noRating}</option>
        {Array.from({ length: MOST_STARS }, (_, i) => (
          <option key={i} value={i + 1}>
            {numberText(i + 1)}
          </option>
        ))}
      </select>
      {rating.rating !== null && <p class="hint">{t.library.onAverage({ average: numberText(rating.rating, 1), count: rating.rating_count })}</p>}
    </div>
  );
}
