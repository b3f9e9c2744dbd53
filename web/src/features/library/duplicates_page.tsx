// Artists, albums and songs of one name, for curators: each group becomes one, which has what all of them had.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { askSong } from '../../net/library.js';
import { askAlbum, askArtist } from '../../net/library_shelves.js';
import { askDuplicates, mergeInto, type DuplicateGroup, type Tended } from '../../net/library_tending.js';
import { PageLink } from '../../page/parts/page_link.js';
import { ArrivalTitle, Problem } from '../../page/parts/parts.js';
import { aboutSong } from './about_song.js';
import { albumPath, artistPath, songPath, tendsAlbums, type Library } from './library.js';
import { useListed } from './listed.js';
import { Way } from './shelf_part.js';

/** Groups at once. */
const SHOWN = 10;

export function DuplicatesPage({ library }: { library: Library }): JSX.Element {
  useEffect(() => {
    document.title = t.libraryTending.duplicates;
  }, []);
  // Albums and songs may be the same once their artists are.
  const [merged, setMerged] = useState(0);
  const changed = (): void => {
    setMerged((times) => times + 1);
    void library.songs.load();
  };
  return (
    <>
      <Way steps={[]} />
      <ArrivalTitle>{t.libraryTending.duplicates}</ArrivalTitle>
      {tendsAlbums(library.account.value) ? (
        <>
          <p>{t.libraryTending.whatDuplicatesAre}</p>
          <Groups kind="artists" title={t.shelves.artists} merged={merged} onChange={changed} />
          <Groups kind="albums" title={t.shelves.albums} merged={merged} onChange={changed} />
          <Groups kind="songs" title={t.library.songs} merged={merged} onChange={changed} />
        </>
      ) : (
        <p>{t.libraryTending.forCurators}</p>
      )}
    </>
  );
}

interface GroupsProps {
  kind: Tended;
  title: string;
  /** So often something was made one. */
  merged: number;
  onChange: () => void;
}

function Groups({ kind, title, merged, onChange }: GroupsProps): JSX.Element {
  const { rows, problem, done } = useListed(() => askDuplicates(kind), merged);
  const [shown, setShown] = useState(SHOWN);
  const [made, setMade] = useState<string | null>(null);
  const merge = async (group: DuplicateGroup, into: number): Promise<void> => {
    for (const from of group.ids.filter((id) => id !== into)) if (!(await done(mergeInto(kind, into, from)))) return;
    setMade(group.name);
    onChange();
  };
  return (
    <section class="library-house" aria-labelledby={`duplicates-${kind}`} data-keeps-focus>
      <h2 id={`duplicates-${kind}`}>{title}</h2>
      <p class="hint" role="status">
        {rows === null && problem === null
          ? t.library.lookingForSongs
          : made !== null
            ? t.libraryTending.isOneNow({ name: made })
            : rows?.length === 0
              ? t.libraryTending.noDuplicates
              : ''}
      </p>
      {problem !== null && <Problem>{problem}</Problem>}
      {rows?.slice(0, shown).map((group) => (
        <Group key={group.ids.join(' ')} kind={kind} group={group} merge={(into) => merge(group, into)} />
      ))}
      {rows !== null && rows.length > shown && (
        <button type="button" class="secondary" onClick={() => setShown(shown + SHOWN)}>
          {t.library.showMore}
        </button>
      )}
    </section>
  );
}

interface One {
  id: number;
  path: string;
  name: string;
  about: string;
}

/** Null: it is gone. */
async function lookAt(kind: Tended, id: number): Promise<One | null> {
  if (kind === 'artists') {
    const found = await askArtist(id);
    return found.ok ? { id, path: artistPath(id), name: found.value.name, about: t.library.soMany({ count: found.value.songs }) } : null;
  }
  if (kind === 'albums') {
    const found = await askAlbum(id);
    if (!found.ok) return null;
    const { title, artist, year, songs } = found.value;
    return { id, path: albumPath(id), name: title, about: [artist, year, t.library.soMany({ count: songs })].filter(Boolean).join(' · ') };
  }
  const found = await askSong(id);
  if (!found.ok) return null;
  const { title, year, licence } = found.value;
  return { id, path: songPath(id), name: title, about: [aboutSong(found.value), year, licence].filter(Boolean).join(' · ') };
}

function Group({ kind, group, merge }: { kind: Tended; group: DuplicateGroup; merge: (into: number) => Promise<void> }): JSX.Element {
  const [all, setAll] = useState<readonly One[] | null>(null);
  const [kept, setKept] = useState(group.ids[0] as number);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let here = true;
    void Promise.all(group.ids.map((id) => lookAt(kind, id))).then((found) => here && setAll(found.filter((one) => one !== null)));
    return () => {
      here = false;
    };
  }, [kind, group]);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    await merge(kept);
    setBusy(false);
  };
  return (
    <form class="card library-form" onSubmit={(event) => void submit(event)}>
      <fieldset>
        <legend>{t.libraryTending.whichStays({ name: all?.[0]?.name ?? group.name })}</legend>
        {all?.map((one) => (
          <div key={one.id} class="library-twin">
            <label class="check">
              <input type="radio" name={`${kind}-${group.ids[0]}`} checked={kept === one.id} onChange={() => setKept(one.id)} />
              <span>
                {one.name}
                <small>{one.about}</small>
              </span>
            </label>
            <PageLink path={one.path}>
              {t.libraryTending.look}
              <span class="only-read">
                : {one.name}, {one.about}
              </span>
            </PageLink>
          </div>
        ))}
      </fieldset>
      <button type="submit" class="secondary" disabled={busy || all === null}>
        {t.libraryTending.makeThemOne}
        <span class="only-read">: {group.name}</span>
      </button>
    </form>
  );
}
