// One playlist: to hear it, and for its owner to put it into order, to name it, to share it or to delete it.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { hasSound, type LibrarySong } from '../../net/library.js';
import type { Playlist, PlaylistRule, PlaylistWish } from '../../net/library_lists.js';
import { PlayIcon, TrashIcon } from '../../page/parts/icons.js';
import { ArrivalTitle, Problem } from '../../page/parts/parts.js';
import { go } from '../../page/routes.js';
import { findPlaylist } from './commands.js';
import { LIBRARY_PATH, type Library } from './library.js';
import { moved } from './lists.js';
import { PageLink } from '../../page/parts/page_link.js';
import { DeleteAsk } from './parts.js';
import type { Player } from './player.js';
import { isWanting, ruleDraftOf, ruleOf } from './rule_draft.js';
import { RuleFields } from './rule_part.js';
import { SongRow } from './song_row.js';
import { SaveButton } from './save_button.js';

interface PageProps {
  id: number;
  library: Library;
  player: Player;
}

interface Shown {
  list: Playlist;
  songs: LibrarySong[];
  /** These are all of them. */
  whole: boolean;
}

export function PlaylistPage({ id, library, player }: PageProps): JSX.Element {
  const account = library.account.value;
  const [shown, setShown] = useState<Shown | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    let here = true;
    void findPlaylist(id).then((answer) => {
      if (!here) return;
      setProblem(answer.ok ? null : answer.error);
      if (answer.ok) setShown(answer.value);
    });
    return () => {
      here = false;
    };
  }, [id, account?.id, looks]);
  const name = shown?.list.name ?? null;
  useEffect(() => {
    if (name !== null) document.title = name;
  }, [name]);

  const change = async (wish: PlaylistWish, songs?: LibrarySong[]): Promise<boolean> => {
    const answer = await library.lists.change(id, wish);
    setProblem(answer.ok ? null : answer.error);
    if (answer.ok && shown) setShown({ ...shown, list: answer.value, songs: songs ?? shown.songs });
    // Another rule chooses other songs.
    if (answer.ok && wish.rule) setLooks(looks + 1);
    return answer.ok;
  };
  const order = (songs: LibrarySong[]): void => void change({ songs: songs.map((song) => song.id) }, songs);
  const own = shown !== null && shown.list.owner_id === account?.id;
  // Where not all are shown, an order of these would lose the others.
  const orders = own && shown.whole && shown.list.rule === null;
  return (
    <>
      <p>
        <PageLink path={LIBRARY_PATH}>{t.library.allSongs}</PageLink>
      </p>
      {shown === null && problem === null && <p role="status">{t.library.lookingForSongs}</p>}
      {shown !== null && <ArrivalTitle>{shown.list.name}</ArrivalTitle>}
      {shown !== null && shown.list.comment !== '' && <p>{shown.list.comment}</p>}
      {problem !== null && <Problem>{problem}</Problem>}
      {shown !== null && shown.list.rule !== null && <p class="hint">{t.library.byARule}</p>}
      {shown?.songs.length === 0 && <p class="hint">{shown.list.rule === null ? t.library.emptyPlaylist : t.libraryRule.nothingFits}</p>}
      {shown !== null && shown.songs.length > 0 && (
        <>
          {shown.songs.some(hasSound) && (
            <button type="button" class="primary" onClick={() => player.playAll(shown.songs, 0)}>
              <PlayIcon />
              {t.library.playAll}
            </button>
          )}
          <ol class="library-songs" data-keeps-focus>
            {shown.songs.map((song, i) => (
              <SongRow key={`${song.id}.${timesBefore(shown.songs, i)}`} song={song} player={player} onPlay={() => player.playAll(shown.songs, i)}>
                {orders && <Order songs={shown.songs} at={i} onOrder={order} />}
              </SongRow>
            ))}
          </ol>
        </>
      )}
      {own && (
        <>
          {shown.list.rule !== null && <ChangeRule key={id} rule={shown.list.rule} save={(rule) => change({ rule })} />}
          <Named key={shown.list.name} list={shown.list} onChange={change} />
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

/** So often the song at `at` stands before it: the same one may come twice. */
function timesBefore(songs: readonly LibrarySong[], at: number): number {
  return songs.slice(0, at).filter(({ id }) => id === songs[at]?.id).length;
}

function Order({ songs, at, onOrder }: { songs: LibrarySong[]; at: number; onOrder: (songs: LibrarySong[]) => void }): JSX.Element {
  const title = songs[at]?.title ?? '';
  return (
    <span class="library-order">
      <button
        type="button"
        class="quiet"
        disabled={at === 0}
        aria-label={t.library.earlier({ title })}
        onClick={() => onOrder(moved(songs, at, at - 1))}
      >
        ↑
      </button>
      <button
        type="button"
        class="quiet"
        disabled={at === songs.length - 1}
        aria-label={t.library.later({ title })}
        onClick={() => onOrder(moved(songs, at, at + 1))}
      >
        ↓
      </button>
      <button type="button" class="quiet" aria-label={t.library.outOfTheList({ title })} onClick={() => onOrder(songs.filter((_, i) => i !== at))}>
        <TrashIcon />
      </button>
    </span>
  );
}

function ChangeRule({ rule, save }: { rule: PlaylistRule; save: (rule: PlaylistRule) => Promise<boolean> }): JSX.Element {
  const [draft, setDraft] = useState(() => ruleDraftOf(rule));
  const [problem, setProblem] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const wanting = draft.terms.some(isWanting);
    setProblem(wanting ? t.libraryRule.fillIn : null);
    if (!wanting) setSaved(await save(ruleOf(draft)));
  };
  return (
    <form class="card library-form" aria-labelledby="library-rule" onSubmit={(event) => void submit(event)}>
      <h2 id="library-rule">{t.libraryRule.theRule}</h2>
      <RuleFields
        rule={draft}
        onChange={(changed) => {
          setDraft(changed);
          setSaved(false);
        }}
      />
      {problem !== null && <Problem>{problem}</Problem>}
      <SaveButton class="secondary" saved={saved} />
    </form>
  );
}

function Named({ list, onChange }: { list: Playlist; onChange: (wish: PlaylistWish) => Promise<boolean> }): JSX.Element {
  const [name, setName] = useState(list.name);
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
      <label class="check">
        <input type="checkbox" checked={!list.private} onChange={(event) => void onChange({ private: !event.currentTarget.checked })} />
        <span>
          {t.library.forEverybody}
          <small>{t.library.whoeverOpensThis}</small>
        </span>
      </label>
    </form>
  );
}
