// The words of a song on its page: to be read, and by who may change the song to be written.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import type { LibraryResult, LibrarySong } from '../../net/library.js';
import { askWords } from '../../net/library_shelves.js';
import { Problem } from '../../page/parts/parts.js';
import { wordsLines } from './song_words.js';
import { SaveButton } from './save_button.js';

interface WordsProps {
  song: LibrarySong;
  /** One may change them. */
  own: boolean;
  save: (words: string | null) => Promise<LibraryResult<LibrarySong>>;
}

export function SongWordsPart({ song, own, save }: WordsProps): JSX.Element | null {
  const [words, setWords] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  if (!song.has_words && !own) return null;
  const look = async (): Promise<void> => {
    if (words !== null) return;
    if (!song.has_words) return setWords('');
    const answer = await askWords(song.id);
    setProblem(answer.ok ? null : answer.error);
    if (answer.ok) setWords(answer.value);
  };
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const answer = await save(words?.trim() ? words : null);
    setProblem(answer.ok ? null : answer.error);
    setSaved(answer.ok);
  };
  return (
    <details class="library-song-words" aria-label={t.shelves.words} onToggle={(event) => event.currentTarget.open && void look()}>
      <summary>{song.has_words ? t.shelves.words : t.libraryFilter.addWords}</summary>
      {words === null && problem === null && <p role="status">{t.library.lookingForTheSong}</p>}
      {words !== null && !own && (
        <div>
          {wordsLines(words).map(({ text }, i) => (
            <p key={i}>{text || '\u00a0'}</p>
          ))}
        </div>
      )}
      {words !== null && own && (
        <form class="library-form" onSubmit={(event) => void submit(event)}>
          <div class="field">
            <label for="song-words">{t.shelves.wordsOf({ title: song.title })}</label>
            <textarea
              id="song-words"
              rows={12}
              value={words}
              aria-describedby="song-words-hint"
              onInput={(event) => {
                setWords(event.currentTarget.value);
                setSaved(false);
              }}
            />
            <p class="hint" id="song-words-hint">
              {t.libraryFilter.kindsOfWords}
            </p>
          </div>
          <SaveButton class="secondary" saved={saved} />
        </form>
      )}
      {problem !== null && <Problem>{problem}</Problem>}
    </details>
  );
}
