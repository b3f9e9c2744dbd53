// The words of a song on its page: to be read, and by who may change the song to be written.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import type { LibraryResult, LibrarySong } from '../../net/library.js';
import { askWords } from '../../net/library_shelves.js';
import { Problem } from '../../page/parts/parts.js';
import { useDraft } from './drafts.js';
import type { Library } from './library.js';
import { wordsLines } from './song_words.js';
import { SaveButton } from './save_button.js';

interface WordsProps {
  song: LibrarySong;
  /** One may change them. */
  own: boolean;
  library: Library;
  save: (words: string | null) => Promise<LibraryResult<LibrarySong>>;
}

export function SongWordsPart({ song, own, library, save }: WordsProps): JSX.Element | null {
  const draft = `words ${song.id}`;
  // What was typed before one had to log in anew.
  const [begun] = useState(() => own && library.drafts.has(draft));
  const [words, setWords] = useState<string | null>(null);
  const [typed, setTyped] = useDraft<string | null>(library, draft, null);
  const shown = typed ?? words;
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
    const answer = await save(shown?.trim() ? shown : null);
    setProblem(answer.ok ? null : answer.error);
    setSaved(answer.ok);
    if (!answer.ok) return;
    setWords(shown);
    setTyped(null);
  };
  return (
    <details class="library-song-words" aria-label={t.shelves.words} open={begun} onToggle={(event) => event.currentTarget.open && void look()}>
      <summary>{song.has_words ? t.shelves.words : t.libraryFilter.addWords}</summary>
      {shown === null && problem === null && <p role="status">{t.library.lookingForTheSong}</p>}
      {shown !== null && !own && (
        <div>
          {wordsLines(shown).map(({ text }, i) => (
            <p key={i}>{text || '\u00a0'}</p>
          ))}
        </div>
      )}
      {shown !== null && own && (
        <form class="library-form" onSubmit={(event) => void submit(event)}>
          <div class="field">
            <label for="song-words">{t.shelves.wordsOf({ title: song.title })}</label>
            <textarea
              id="song-words"
              rows={12}
              value={shown}
              aria-describedby="song-words-hint"
              onInput={(event) => {
                setTyped(event.currentTarget.value);
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
