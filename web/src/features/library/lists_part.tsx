// The way to favourites and playlists, and a new playlist.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { ArrivalTitle, Problem } from '../../page/parts/parts.js';
import { go } from '../../page/routes.js';
import { FAVOURITES_PATH, LIBRARY_PATH, playlistPath, RECOMMENDED_PATH, type Library } from './library.js';
import { PageLink } from '../../page/parts/page_link.js';
import type { Player } from './player.js';
import { useDraft } from './drafts.js';
import { isWanting, newRule, ruleOf, type RuleDraft } from './rule_draft.js';
import { RuleFields } from './rule_part.js';
import { SongRows } from './song_row.js';
import { LongList } from './long_list.js';

/** Something is to be shown of them, or can be made. */
export function hasLists({ account, lists }: Library): boolean {
  const playlists = lists.playlists.value;
  return lists.favourites.value !== null || (playlists !== null && (playlists.length > 0 || account.value !== null));
}

export function ListsPart({ library }: { library: Library }): JSX.Element | null {
  const favourites = library.lists.favourites.value;
  const playlists = library.lists.playlists.value;
  const account = library.account.value;
  if (!hasLists(library)) return null;
  return (
    <section class="library-lists" aria-labelledby="library-lists">
      <h2 id="library-lists">{t.library.lists}</h2>
      <ul>
        {favourites !== null && (
          <li>
            <PageLink path={FAVOURITES_PATH}>{t.library.favourites({ count: favourites.length })}</PageLink>
          </li>
        )}
        {account !== null && (
          <li>
            <PageLink path={RECOMMENDED_PATH}>{t.libraryFilter.forYou}</PageLink>
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

const NAME = 'list';
const RULE = 'rule';

function NewPlaylist({ library }: { library: Library }): JSX.Element {
  const [begun] = useState(() => library.drafts.has(NAME) || library.drafts.has(RULE));
  const [name, setName] = useDraft(library, NAME, '');
  const [rule, setRule] = useDraft<RuleDraft | null>(library, RULE, null);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (rule?.terms.some(isWanting)) return setProblem(t.libraryRule.fillIn);
    const made = await library.lists.make({ name, ...(rule === null ? { songs: [] } : { rule: ruleOf(rule) }) });
    setProblem(made.ok ? null : made.error);
    if (made.ok) go(playlistPath(made.value.id));
  };
  return (
    <details class="library-new-list" aria-label={t.library.newPlaylist} open={begun}>
      <summary>{t.library.newPlaylist}</summary>
      <form class="library-form" onSubmit={(event) => void submit(event)}>
        <div class="field">
          <label for="library-list-name">{t.library.nameOfTheList}</label>
          <input
            id="library-list-name"
            type="text"
            required
            autocomplete="off"
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </div>
        <fieldset>
          <legend>{t.libraryRule.whatIsOnIt}</legend>
          <label class="check">
            <input type="radio" name="list-by" checked={rule === null} onChange={() => setRule(null)} />
            <span>{t.libraryRule.byHand}</span>
          </label>
          <label class="check">
            <input type="radio" name="list-by" checked={rule !== null} onChange={() => setRule(newRule())} />
            <span>{t.libraryRule.byARule}</span>
          </label>
        </fieldset>
        {rule !== null && <RuleFields rule={rule} onChange={setRule} />}
        {problem !== null && <Problem>{problem}</Problem>}
        <button type="submit" class="secondary">
          {t.library.makeIt}
        </button>
      </form>
    </details>
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
      {favourites !== null && <LongList songs={favourites}>{(most) => <SongRows songs={favourites} player={player} most={most} />}</LongList>}
    </>
  );
}
