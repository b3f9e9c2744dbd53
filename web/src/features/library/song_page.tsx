// One song: to hear it, to take it home, to correct what is said of it, to share it or to delete it.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { languageText } from '../../i18n/format.js';
import { said } from '../../i18n/server.js';
import { t } from '../../i18n/words.js';
import { hasSound, songAddress, type LibraryResult, type LibrarySong } from '../../net/library.js';
import { removeSongCover, uploadSongCover } from '../../net/library_covers.js';
import { DownloadIcon, PauseIcon, PlayIcon } from '../../page/parts/icons.js';
import { ArrivalTitle, Problem } from '../../page/parts/parts.js';
import { go } from '../../page/routes.js';
import { change, findSong, remove, told, tryAgain } from './commands.js';
import { Cover } from './cover.js';
import { CoverChange } from './cover_change.js';
import { IntoRoom } from './into_room.js';
import { LIBRARY_PATH, mayChange, type Library } from './library.js';
import { Liking } from './liking.js';
import { isNew } from './arrivals.js';
import { aboutSong } from './about_song.js';
import { PageLink } from '../../page/parts/page_link.js';
import { useDraft } from './drafts.js';
import { DeleteAsk } from './parts.js';
import type { Player } from './player.js';
import { SongWordsPart } from './song_words_part.js';
import { changesOf, draftOf, fieldsOf, fieldText, isAddress, digitsOf, type Draft, type Field } from './song_fields.js';
import { NotHere } from './not_here.js';
import { SaveButton } from './save_button.js';

interface SongPageProps {
  id: number;
  library: Library;
  player: Player;
}

export function SongPage({ id, library, player }: SongPageProps): JSX.Element {
  const account = library.account.value;
  const [found, setFound] = useState<LibraryResult<LibrarySong> | null>(null);
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    let here = true;
    void findSong(id).then((answer) => here && setFound(answer));
    return () => {
      here = false;
    };
  }, [id, account?.id, looks]);
  useEffect(() => {
    if (found?.ok && isNew(found.value, Date.now())) library.arrivals.watch(found.value);
  }, [found]);
  const fresh = library.fresh.value;
  useEffect(() => {
    if (fresh?.id === id) setFound({ ok: true, value: fresh });
  }, [fresh, id]);
  const title = found?.ok ? found.value.title : null;
  useEffect(() => {
    if (title !== null) document.title = title;
  }, [title]);
  return (
    <>
      <p>
        <PageLink path={LIBRARY_PATH}>{t.library.allSongs}</PageLink>
      </p>
      {found === null && <p role="status">{t.library.lookingForTheSong}</p>}
      {found?.ok === false && (
        <>
          <ArrivalTitle>{t.library.thisSong}</ArrivalTitle>
          {library.ended.value === null && <NotHere failure={found} onAgain={() => setLooks((times) => times + 1)} />}
          {account === null && <p>{t.library.perhapsLogIn}</p>}
        </>
      )}
      {found?.ok && (
        <OneSong key={found.value.id} song={found.value} library={library} player={player} onChange={(song) => setFound({ ok: true, value: song })} />
      )}
    </>
  );
}

interface SongProps {
  song: LibrarySong;
  library: Library;
  player: Player;
  onChange: (song: LibrarySong) => void;
}

function OneSong({ song, library, player, onChange }: SongProps): JSX.Element {
  const own = mayChange(library.account.value, song);
  const current = player.current.value?.id === song.id;
  const on = current && player.on.value;
  const about = aboutSong(song);
  return (
    <article class="library-one">
      <div class="library-head">
        <Cover of="songs" id={song.id} cover={song.cover} title={song.title} size="large" alt={song.album ?? song.title} />
        <div>
          <ArrivalTitle>{song.title}</ArrivalTitle>
          {about !== '' && <p class="hint">{about}</p>}
          {song.private && <p class="hint">{t.library.onlyYouAndAdmins}</p>}
        </div>
      </div>
      {hasSound(song) ? (
        <p class="actions">
          <button type="button" class="primary" onClick={() => (current ? player.press() : player.playAll([song], 0))}>
            {on ? <PauseIcon /> : <PlayIcon />}
            {on ? t.library.pauseIt : t.library.playIt}
          </button>
          <button type="button" class="secondary" onClick={() => player.add(song)}>
            {t.library.addToTheQueue}
          </button>
          <IntoRoom song={song} />
          <a class="button secondary" href={songAddress(song.id, true)} download>
            <DownloadIcon />
            {t.library.download}
          </a>
        </p>
      ) : (
        <p class="note">{t.library.noFileYet}</p>
      )}
      <Failed song={song} own={own} retry={() => tryAgain(library, player, song)} onChange={onChange} />
      <Liking song={song} library={library} />
      <Known song={song} />
      <SongWordsPart
        song={song}
        own={own}
        library={library}
        save={(words) => change(library, player, song, { words }).then((answer) => kept(answer, onChange))}
      />
      {own && (
        <CoverChange
          own={song.own_cover}
          begin={(file, progress) => uploadSongCover(song.id, file, progress)}
          remove={() => removeSongCover(song.id)}
          onChange={(changed) => {
            told(library, player, changed);
            onChange(changed);
          }}
        />
      )}
      {own && <Correct song={song} library={library} player={player} onChange={onChange} />}
      {own && (
        <DeleteAsk
          remove={async () => {
            const why = await remove(library, player, song);
            if (why === null) go(LIBRARY_PATH);
            return why;
          }}
        />
      )}
    </article>
  );
}

function kept(answer: LibraryResult<LibrarySong>, onChange: (song: LibrarySong) => void): LibraryResult<LibrarySong> {
  if (answer.ok) onChange(answer.value);
  return answer;
}

interface FailedProps {
  song: LibrarySong;
  own: boolean;
  retry: () => Promise<LibraryResult<LibrarySong>>;
  onChange: (song: LibrarySong) => void;
}

/** Why nothing could be made of its file, if that is so. */
function Failed({ song, own, retry, onChange }: FailedProps): JSX.Element | null {
  const [problem, setProblem] = useState<string | null>(null);
  const [looks, setLooks] = useState(false);
  const again = async (): Promise<void> => {
    const answer = await retry();
    setProblem(answer.ok ? null : answer.error);
    setLooks(answer.ok);
    if (answer.ok) onChange(answer.value);
  };
  if (song.failure === null) return looks ? <p role="status">{t.library.looksAgain}</p> : null;
  return (
    <div class="note">
      <p>{t.library.fileFailed}</p>
      <p>{said(song.failure.message, song.failure)}</p>
      {problem !== null && <Problem>{problem}</Problem>}
      {own && (
        <button type="button" class="secondary" onClick={() => void again()}>
          {t.library.tryAgain}
        </button>
      )}
    </div>
  );
}

/** What is said of it beside its title. */
function Known({ song }: { song: LibrarySong }): JSX.Element | null {
  const known = fieldsOf(song).filter((name) => fieldText(song, name) !== '');
  if (known.length === 0) return null;
  return (
    <dl class="library-known">
      {known.map((name) => (
        <div key={name}>
          <dt>{labelOf(name)}</dt>
          <dd>
            {name === 'link' && isAddress(fieldText(song, name)) ? (
              <a href={fieldText(song, name)} rel="noopener noreferrer" target="_blank">
                {fieldText(song, name)}
              </a>
            ) : name === 'language' ? (
              languageText(fieldText(song, name))
            ) : (
              fieldText(song, name)
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Nothing was typed. */
const NOTHING: Partial<Draft> = {};

function Correct({ song, library, player, onChange }: SongProps): JSX.Element {
  // What was typed stands over what the server says meanwhile.
  const [typed, setTyped] = useDraft<Partial<Draft>>(library, `song ${song.id}`, NOTHING);
  const before = draftOf(song);
  const draft: Draft = { ...before, ...typed, fields: { ...before.fields, ...typed.fields } };
  const [problem, setProblem] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  const write = (changed: Partial<Draft>): void => {
    setTyped({ ...typed, ...changed });
    setSaved(false);
  };
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setSaved(false);
    const answer = await change(library, player, song, changesOf(song, draft));
    setProblem(answer.ok ? null : answer.error);
    setSaved(answer.ok);
    if (!answer.ok) return;
    setTyped(NOTHING);
    onChange(answer.value);
  };
  return (
    <form class="card library-form" aria-labelledby="library-correct" onSubmit={(event) => void submit(event)}>
      <h2 id="library-correct">{t.library.correctIt}</h2>
      <div class="library-fields">
        <Text id="song-title" label={t.library.title} value={draft.title} onValue={(title) => write({ title })} />
        {fieldsOf(song).map((name) => (
          <Text
            key={name}
            id={`song-${name}`}
            label={labelOf(name)}
            value={draft.fields[name] ?? ''}
            digits={digitsOf(name)}
            onValue={(value) => write({ fields: { ...typed.fields, [name]: value } })}
          />
        ))}
      </div>
      {song.uploader_id !== null && (
        <label class="check">
          <input type="checkbox" checked={!draft.isPrivate} onChange={(event) => write({ isPrivate: !event.currentTarget.checked })} />
          <span>
            {t.library.forEverybody}
            <small>{t.library.whoeverOpensThis}</small>
          </span>
        </label>
      )}
      {problem !== null && <Problem>{problem}</Problem>}
      <SaveButton saved={saved} />
    </form>
  );
}

interface TextProps {
  id: string;
  label: string;
  value: string;
  /** Of a number: what it may look like. */
  digits?: string | undefined;
  onValue: (value: string) => void;
}

function Text({ id, label, value, digits, onValue }: TextProps): JSX.Element {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputMode={digits === undefined ? 'text' : 'decimal'}
        pattern={digits}
        title={digits === undefined ? undefined : t.library.inDigits}
        autocomplete="off"
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </div>
  );
}

function labelOf(name: Field): string {
  switch (name) {
    case 'artist':
      return t.library.artist;
    case 'album':
      return t.library.album;
    case 'genre':
      return t.library.genre;
    case 'track':
      return t.library.trackNumber;
    case 'year':
      return t.library.year;
    case 'key':
      return t.library.key;
    case 'tempo_bpm':
      return t.library.tempo;
    case 'language':
      return t.library.languageOfIt;
    case 'licence':
      return t.library.licence;
    case 'attribution':
      return t.library.attribution;
    case 'link':
      return t.library.source;
  }
}
