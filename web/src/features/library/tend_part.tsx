// For curators: what an artist or an album is called, and to delete one, after it was said how many songs go along.
import { useState } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import { t } from '../../i18n/words.js';
import type { LibraryResult } from '../../net/library.js';
import type { LibraryAlbum, LibraryArtist } from '../../net/library_shelves.js';
import { changeAlbum, removeShelf, renameArtist, TAKES_ALONG } from '../../net/library_tending.js';
import { TrashIcon } from '../../page/parts/icons.js';
import { Problem } from '../../page/parts/parts.js';
import { go } from '../../page/routes.js';
import { ALBUMS_PATH, ARTISTS_PATH, type Library } from './library.js';
import { useDraft } from './drafts.js';
import { SaveButton } from './save_button.js';

interface TendProps<Row> {
  row: Row;
  library: Library;
  onChange: (row: Row) => void;
}

export function TendArtist({ row, library, onChange }: TendProps<LibraryArtist>): JSX.Element {
  const [name, setName] = useDraft(library, `artist ${row.id}`, row.name);
  return (
    <>
      <Correct send={() => renameArtist(row.id, name.trim())} library={library} onChange={onChange}>
        <Text id="artist-name" label={t.library.name} value={name} onValue={setName} />
        <p class="hint">{t.libraryTending.sameNameBecomesOne}</p>
      </Correct>
      <DeleteShelf kind="artists" id={row.id} library={library} onGone={() => go(ARTISTS_PATH)} />
    </>
  );
}

export function TendAlbum({ row, library, onChange }: TendProps<LibraryAlbum>): JSX.Element {
  const draft = `album ${row.id}`;
  const [title, setTitle] = useDraft(library, `${draft} title`, row.title);
  const [artist, setArtist] = useDraft(library, `${draft} artist`, row.artist ?? '');
  const [year, setYear] = useDraft(library, `${draft} year`, String(row.year ?? ''));
  const send = (): Promise<LibraryResult<LibraryAlbum>> => {
    return changeAlbum(row.id, { title: title.trim(), artist: artist.trim() || null, year: year === '' ? null : Number(year) });
  };
  return (
    <>
      <Correct send={send} library={library} onChange={onChange}>
        <div class="library-fields">
          <Text id="album-title" label={t.library.title} value={title} onValue={setTitle} />
          <Text id="album-artist" label={t.library.artist} value={artist} onValue={setArtist} />
          <Text id="album-year" label={t.library.year} value={year} onValue={setYear} number />
        </div>
      </Correct>
      <DeleteShelf kind="albums" id={row.id} library={library} onGone={() => go(ALBUMS_PATH)} />
    </>
  );
}

interface TextProps {
  id: string;
  label: string;
  value: string;
  onValue: (value: string) => void;
  /** Digits alone: the browser says so where something else was typed. */
  number?: boolean;
}

function Text({ id, label, value, onValue, number = false }: TextProps): JSX.Element {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputMode={number ? 'numeric' : 'text'}
        pattern={number ? '[0-9]{1,4}' : undefined}
        autocomplete="off"
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </div>
  );
}

interface CorrectProps<Row> {
  send: () => Promise<LibraryResult<Row>>;
  library: Library;
  onChange: (row: Row) => void;
  children: ComponentChildren;
}

function Correct<Row>({ send, library, onChange, children }: CorrectProps<Row>): JSX.Element {
  const [problem, setProblem] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setSaved(false);
    const answer = await send();
    setProblem(answer.ok ? null : answer.error);
    setSaved(answer.ok);
    if (!answer.ok) return;
    onChange(answer.value);
    void library.songs.load();
  };
  return (
    <form class="card library-form" aria-labelledby="library-correct" onInput={() => setSaved(false)} onSubmit={(event) => void submit(event)}>
      <h2 id="library-correct">{t.library.correctIt}</h2>
      {children}
      {problem !== null && <Problem>{problem}</Problem>}
      <SaveButton saved={saved} />
    </form>
  );
}

interface DeleteProps {
  kind: 'artists' | 'albums';
  id: number;
  library: Library;
  onGone: () => void;
}

function DeleteShelf({ kind, id, library, onGone }: DeleteProps): JSX.Element {
  const [asked, setAsked] = useState<'no' | 'once' | 'all'>('no');
  const [problem, setProblem] = useState<string | null>(null);
  const press = async (): Promise<void> => {
    if (asked === 'no') return setAsked('once');
    const answer = await removeShelf(kind, id, asked === 'all');
    setProblem(answer.ok ? null : answer.error);
    if (!answer.ok && answer.status === TAKES_ALONG) setAsked('all');
    if (!answer.ok && answer.status !== 404) return;
    void library.songs.load();
    void library.lists.load(library.account.value);
    onGone();
  };
  const keep = (): void => {
    setAsked('no');
    setProblem(null);
  };
  return (
    <div class="actions" data-keeps-focus>
      {problem !== null && <Problem>{problem}</Problem>}
      <button type="button" class={asked === 'no' ? 'quiet' : 'primary'} onClick={() => void press()}>
        <TrashIcon />
        {asked === 'no' ? t.library.deleteAsk : asked === 'once' ? t.library.deleteForGood : t.libraryTending.withItsSongs}
      </button>
      {asked !== 'no' && (
        <button type="button" class="quiet" onClick={keep}>
          {t.library.keepIt}
        </button>
      )}
    </div>
  );
}
