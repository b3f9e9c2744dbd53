// New songs: one or several files, or a folder of them, each with what has become of it.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { FileChoice } from '../../page/parts/file_choice.js';
import { TrashIcon } from '../../page/parts/icons.js';
import { PageLink } from '../../page/parts/page_link.js';
import { Problem } from '../../page/parts/parts.js';
import { Progress } from '../../page/parts/progress.js';
import { shareAll } from './commands.js';
import { IntoPlaylist } from './into_playlist.js';
import { songPath, type Library } from './library.js';
import type { Player } from './player.js';
import { titleOf, type FileUnderWay, type Uploads } from './uploads.js';

const KINDS = 'audio/*,.mp3,.flac,.wav,.ogg,.opus,.m4a,.aiff,.aif,.caf,.webm,.wma';

export function UploadsPart({ library, player }: { library: Library; player: Player }): JSX.Element {
  const { uploads } = library;
  const [problem, setProblem] = useState<string | null>(null);
  const [none, setNone] = useState(false);
  const files = uploads.files.value;
  const came = files.flatMap(({ song }) => song ?? []);
  // What was refused keeps nothing back. A file that was there already is the same song again.
  const songs = [...new Map(came.map((song) => [song.id, song])).values()];
  const allCame = songs.length > 1 && files.every(({ state }) => state === 'there' || state === 'refused');
  const take = (chosen: File[]): void => {
    setNone(chosen.length === 0);
    uploads.add(chosen);
  };
  return (
    <section class="library-new" aria-labelledby="library-new" data-keeps-focus>
      <h2 id="library-new">{t.library.newSongs}</h2>
      <FileChoice label={t.library.soundFiles} kinds={KINDS} disabled={false} several onFiles={take}>
        {(choose) => (
          <>
            <button type="button" class="secondary wide" onClick={choose}>
              {t.library.uploadSongs}
            </button>
            <p class="hint">{t.library.orDropFiles}</p>
            {none && <Problem>{t.library.noSoundFiles}</Problem>}
          </>
        )}
      </FileChoice>
      <Coming uploads={uploads} />
      {uploads.again.value > 0 && (
        <button type="button" class="secondary" onClick={() => uploads.tryAgain()}>
          {t.library.tryAgain}
        </button>
      )}
      {allCame && came.some((song) => song.private) && (
        <button type="button" class="secondary" onClick={() => void shareAll(library, player, came).then(setProblem)}>
          {t.library.shareAll}
        </button>
      )}
      {allCame && <IntoPlaylist id="library-all-into" label={t.library.allIntoAPlaylist} songs={songs} library={library} onProblem={setProblem} />}
      {problem !== null && <Problem>{problem}</Problem>}
    </section>
  );
}

/** Each file with what has become of it. */
function Coming({ uploads }: { uploads: Uploads }): JSX.Element | null {
  const files = uploads.files.value;
  if (files.length === 0) return null;
  return (
    <ul class="library-coming">
      {files.map((one) => (
        <li key={one.key}>
          <UnderWay one={one} />
          {one.state !== 'there' && (
            <button type="button" class="quiet" aria-label={t.library.leaveOut({ name: one.file.name })} onClick={() => uploads.leaveOut(one.key)}>
              <TrashIcon />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** For who may not upload. Her login ended while files were coming: they wait until she is in again. */
export function UploadsNeedLogin({ uploads }: { uploads: Uploads }): JSX.Element {
  const wait = uploads.files.value.some(({ state }) => state !== 'there');
  return (
    <section class="library-new" aria-label={t.library.newSongs}>
      <p class="note">{t.library.logInToUpload}</p>
      {wait && <Coming uploads={uploads} />}
    </section>
  );
}

function UnderWay({ one }: { one: FileUnderWay }): JSX.Element {
  const { file, state, share, problem, song } = one;
  const { name } = file;
  const round = Math.round(share * 100);
  switch (state) {
    case 'waiting':
      return <p class="hint">{t.library.waitsItsTurn({ name })}</p>;
    case 'sending':
      return share < 1 ? (
        <Progress words={t.library.uploading({ name, round })} share={share} />
      ) : (
        <Progress words={t.library.keepingIt({ name })} share={null} />
      );
    case 'broken':
      return (
        <p class="note" role="status">
          {t.library.isSentAgain({ name })}
        </p>
      );
    case 'refused':
      return <Problem>{t.libraryRoom.didNotCome({ title: name, reason: problem })}</Problem>;
    case 'there':
      return (
        <p class="note" role="status">
          {thereWords(one)} {song && <PageLink path={songPath(song.id)}>{song.private ? t.library.nameAndShareIt : t.library.nameIt}</PageLink>}
        </p>
      );
  }
}

/** A file that was there already keeps the title that it has. */
function thereWords({ file: { name }, song, known }: FileUnderWay): string {
  const title = song?.title ?? titleOf(name);
  return known ? t.library.wasThereAlready({ name, title }) : t.library.isInTheLibrary({ title });
}
