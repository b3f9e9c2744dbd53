// One playlist: to hear it, and for its owner to put it into order, to name it, to share it or to delete it.
import { useEffect, useState } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { hasSound, type LibrarySong } from '../../net/library.js';
import type { Playlist, PlaylistRule, PlaylistWish } from '../../net/library_lists.js';
import { PlayIcon, TrashIcon } from '../../page/parts/icons.js';
import { ArrivalTitle, Problem } from '../../page/parts/parts.js';
import { go } from '../../page/routes.js';
import { findPlaylist, shareAll } from './commands.js';
import { LIBRARY_PATH, type Library } from './library.js';
import { PageLink } from '../../page/parts/page_link.js';
import { DeleteAsk } from './parts.js';
import { PlaylistOrder, timesBefore } from './playlist_order.js';
import { privateSongs, SharedList } from './private_songs.js';
import { useDraft } from './drafts.js';
import type { Player } from './player.js';
import { isWanting, ruleDraftOf, ruleOf, type RuleDraft } from './rule_draft.js';
import { RuleFields } from './rule_part.js';
import { SongRow } from './song_row.js';
import { NotHere, type Failure } from './not_here.js';
import { LongList } from './long_list.js';
import { SaveButton } from './save_button.js';

interface PageProps {
  id: number;
  library: Library;
  player: Player;
}

interface Shown {
  list: Playlist;
  order: PlaylistOrder;
  /** Its songs are all of them. */
  whole: boolean;
}

export function PlaylistPage({ id, library, player }: PageProps): JSX.Element {
  const account = library.account.value;
  const [shown, setShown] = useState<Shown | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    let here = true;
    void findPlaylist(id).then((answer) => {
      if (!here) return;
      setFailure(answer.ok ? null : answer);
      setProblem(null);
      if (!answer.ok && answer.status === 404) setShown(null);
      if (answer.ok) setShown({ ...answer.value, order: orderOf(library, answer.value) });
    });
    return () => {
      here = false;
    };
  }, [id, account?.id, looks]);
  useEffect(() => {
    // What was done to it in another window is here when one comes back.
    const look = (): void => {
      if (document.visibilityState === 'visible') setLooks((times) => times + 1);
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  const name = shown?.list.name ?? null;
  useEffect(() => {
    if (name !== null) document.title = name;
  }, [name]);

  const change = async (wish: PlaylistWish): Promise<boolean> => {
    const answer = await library.lists.change(id, wish);
    setProblem(answer.ok ? null : answer.error);
    // Refused: what is shown goes back to what holds.
    if (shown) setShown({ ...shown, list: answer.ok ? answer.value : { ...shown.list } });
    // Another rule chooses other songs.
    if (answer.ok && wish.rule) setLooks(looks + 1);
    return answer.ok;
  };
  const share = async (hidden: readonly LibrarySong[]): Promise<string | null> => {
    const why = await shareAll(library, player, hidden);
    setLooks((times) => times + 1);
    return why;
  };
  const own = shown !== null && shown.list.owner_id === account?.id;
  // Where not all have come, an order of these would lose the others.
  const orders = own && shown.whole && shown.list.rule === null;
  const songs = shown?.order.songs.value ?? [];
  const hidden = own && !shown.list.private ? privateSongs(songs).length : 0;
  const trouble = problem ?? shown?.order.problem.value ?? null;
  return (
    <>
      <p>
        <PageLink path={LIBRARY_PATH}>{t.library.allSongs}</PageLink>
      </p>
      {shown === null && failure === null && <p role="status">{t.library.lookingForSongs}</p>}
      {shown === null && failure !== null && <ArrivalTitle>{t.library.thisPlaylist}</ArrivalTitle>}
      {shown !== null && <ArrivalTitle>{shown.list.name}</ArrivalTitle>}
      {shown !== null && shown.list.comment !== '' && <p>{shown.list.comment}</p>}
      {failure !== null && <NotHere failure={failure} onAgain={() => setLooks((times) => times + 1)} />}
      {trouble !== null && <Problem>{trouble}</Problem>}
      {shown?.order.otherwise.value && (
        <p class="note" role="status">
          {t.library.changedElsewhere}
        </p>
      )}
      {shown !== null && shown.list.rule !== null && <p class="hint">{t.library.byARule}</p>}
      {hidden > 0 && <p class="hint">{t.library.areNotHeard({ count: hidden })}</p>}
      {shown !== null && songs.length === 0 && <p class="hint">{shown.list.rule === null ? t.library.emptyPlaylist : t.libraryRule.nothingFits}</p>}
      {songs.length > 0 && (
        <>
          {songs.some(hasSound) && (
            <button type="button" class="primary" onClick={() => player.playAll(songs, 0)}>
              <PlayIcon />
              {t.library.playAll}
            </button>
          )}
          <LongList key={id} songs={songs}>
            {(most) => (
              <ol class="library-songs" data-keeps-focus>
                {songs.slice(0, most).map((song, i) => (
                  <SongRow key={`${song.id}.${timesBefore(songs, i)}`} song={song} player={player} onPlay={() => player.playAll(songs, i)}>
                    {orders && <Order songs={songs} at={i} onOrder={(by) => void shown.order.change(i, by)} />}
                  </SongRow>
                ))}
              </ol>
            )}
          </LongList>
        </>
      )}
      {own && (
        <>
          {shown.list.rule !== null && <ChangeRule key={id} id={id} library={library} rule={shown.list.rule} save={(rule) => change({ rule })} />}
          <Named key={shown.list.name} list={shown.list} library={library} onChange={change}>
            <SharedList list={shown.list} songs={songs} account={account} onChange={(wish) => void change(wish)} share={share} />
          </Named>
          <DeleteAsk
            remove={async () => {
              const why = await library.lists.remove(id);
              if (why === null) go(LIBRARY_PATH);
              return why;
            }}
          />
        </>
      )}
    </>
  );
}

function orderOf(library: Library, { list, songs }: { list: Playlist; songs: LibrarySong[] }): PlaylistOrder {
  return new PlaylistOrder(songs, {
    ask: () => findPlaylist(list.id),
    send: (ids) => library.lists.change(list.id, { songs: ids }),
  });
}

interface OrderProps {
  songs: readonly LibrarySong[];
  at: number;
  /** By so many places; null: off the list. */
  onOrder: (by: number | null) => void;
}

function Order({ songs, at, onOrder }: OrderProps): JSX.Element {
  const title = songs[at]?.title ?? '';
  return (
    <span class="library-order">
      <button type="button" class="quiet" disabled={at === 0} aria-label={t.library.earlier({ title })} onClick={() => onOrder(-1)}>
        ↑
      </button>
      <button type="button" class="quiet" disabled={at === songs.length - 1} aria-label={t.library.later({ title })} onClick={() => onOrder(1)}>
        ↓
      </button>
      <button type="button" class="quiet" aria-label={t.library.outOfTheList({ title })} onClick={() => onOrder(null)}>
        <TrashIcon />
      </button>
    </span>
  );
}

interface RuleProps {
  id: number;
  library: Library;
  rule: PlaylistRule;
  save: (rule: PlaylistRule) => Promise<boolean>;
}

function ChangeRule({ id, library, rule, save }: RuleProps): JSX.Element {
  const [typed, setTyped] = useDraft<RuleDraft | null>(library, `rule ${id}`, null);
  const draft = typed ?? ruleDraftOf(rule);
  const [problem, setProblem] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const wanting = draft.terms.some(isWanting);
    setProblem(wanting ? t.libraryRule.fillIn : null);
    if (!wanting && (await save(ruleOf(draft)))) {
      setTyped(null);
      setSaved(true);
    }
  };
  return (
    <form class="card library-form" aria-labelledby="library-rule" onSubmit={(event) => void submit(event)}>
      <h2 id="library-rule">{t.libraryRule.theRule}</h2>
      <RuleFields
        rule={draft}
        onChange={(changed) => {
          setTyped(changed);
          setSaved(false);
        }}
      />
      {problem !== null && <Problem>{problem}</Problem>}
      <SaveButton class="secondary" saved={saved} />
    </form>
  );
}

interface NamedProps {
  list: Playlist;
  library: Library;
  onChange: (wish: PlaylistWish) => Promise<boolean>;
  children: ComponentChildren;
}

function Named({ list, library, onChange, children }: NamedProps): JSX.Element {
  const [name, setName] = useDraft(library, `list ${list.id}`, list.name);
  const submit = (event: Event): void => {
    event.preventDefault();
    void onChange({ name });
  };
  return (
    <form class="card library-form" onSubmit={submit}>
      <label for="library-list-name">{t.library.nameOfTheList}</label>
      <div class="library-with-button">
        <input id="library-list-name" type="text" required autocomplete="off" value={name} onInput={(event) => setName(event.currentTarget.value)} />
        <button type="submit" class="secondary">
          {t.library.save}
        </button>
      </div>
      {children}
    </form>
  );
}
