// The words of what is played; where they have times, the line that is sung is marked and kept in sight.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import type { LibraryResult, LibrarySong } from '../../net/library.js';
import { askWords } from '../../net/library_shelves.js';
import { Problem } from '../../page/parts/parts.js';
import type { Player } from './player.js';
import { lineAt, wordsLines } from './song_words.js';

export function WordsPart({ song, player }: { song: LibrarySong; player: Player }): JSX.Element {
  const [words, setWords] = useState<LibraryResult<string> | null>(null);
  useEffect(() => {
    let here = true;
    setWords(null);
    void askWords(song.id).then((answer) => here && setWords(answer));
    return () => {
      here = false;
    };
  }, [song.id]);
  return (
    <section id="library-words" class="library-words" tabIndex={0} aria-label={t.shelves.wordsOf({ title: song.title })}>
      {words?.ok === false && <Problem>{words.error}</Problem>}
      {words?.ok && (words.value === '' ? <p class="hint">{t.shelves.noWords}</p> : <Lines words={words.value} player={player} />)}
    </section>
  );
}

function Lines({ words, player }: { words: string; player: Player }): JSX.Element {
  const lines = useMemo(() => wordsLines(words), [words]);
  const sung = useComputed(() => lineAt(lines, player.atS.value)).value;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const line = list.current?.children[sung];
    const box = list.current?.parentElement;
    if (line instanceof HTMLElement && box) box.scrollTop = line.offsetTop - box.offsetTop - box.clientHeight / 3;
  }, [sung]);
  return (
    <div ref={list}>
      {lines.map(({ text }, i) => (
        <p key={i} class={i === sung ? 'current' : undefined}>
          {text || '\u00a0'}
        </p>
      ))}
    </div>
  );
}
