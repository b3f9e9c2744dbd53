// Words are pasted or uploaded, or those that are there are edited.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { Dialog, Problem } from '../../page/parts/parts.js';
import { askText, type WordsFormat } from '../../net/words.js';
import type { Session } from '../../session/session.js';
import type { Sheet } from '../../wire/control/control.js';
import { askerOf, keepWords, renameWords } from './commands.js';

const MOST_BYTES = 65_536;
const KINDS = '.txt,.lrc,.cho,.crd,.chopro,.chordpro,.pro,text/plain';
const FORMATS: [WordsFormat | '', string][] = [
  ['', 'As it looks'],
  ['plain', 'Plain words'],
  ['lrc', 'With times (LRC)'],
  ['chordpro', 'With chords (ChordPro)'],
];

interface WordsDialogProps {
  session: Session;
  /** Those that are edited; null: new ones. */
  sheet: Sheet | null;
  open: boolean;
  onTimes: (sheet: Sheet) => void;
  onClose: () => void;
}

export function WordsDialog({ session, sheet, open, onTimes, onClose }: WordsDialogProps): JSX.Element {
  return (
    <Dialog title={sheet ? `The words of “${sheet.title}”` : 'Add words'} open={open} onClose={onClose}>
      <WordsForm key={sheet?.id ?? ''} session={session} sheet={sheet} onTimes={onTimes} onClose={onClose} />
    </Dialog>
  );
}

function WordsForm({ session, sheet, onTimes, onClose }: Omit<WordsDialogProps, 'open'>): JSX.Element {
  const [title, setTitle] = useState(sheet?.title ?? '');
  const [text, setText] = useState<string | null>(sheet ? null : '');
  const [loaded, setLoaded] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [format, setFormat] = useState<WordsFormat | ''>((sheet?.format as WordsFormat | undefined) ?? '');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const asker = askerOf(session);
    if (!sheet || !asker) return;
    void askText(asker, sheet.id).then((answer) => {
      if (answer.ok) {
        setText(answer.value);
        setLoaded(answer.value);
      } else setProblem(`${answer.error} Close this window and open it again.`);
    });
  }, []);

  const take = (chosen: File | undefined): void => {
    if (!chosen) return;
    if (chosen.size > MOST_BYTES) return setProblem('This file is too large: words have at most 64 KB. Is it a text?');
    setProblem(null);
    setFile(chosen);
  };
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    setProblem(null);
    if (file === null && (text ?? '').trim() === '') return setProblem('Paste the words first, or choose a file.');
    if (sheet && file === null && text === loaded && format === sheet.format) {
      if (title.trim() !== '' && title !== sheet.title) renameWords(session, sheet.id, title);
      return onClose();
    }
    setBusy(true);
    const answer = await keepWords(session, sheet?.id ?? null, {
      title: title.trim(),
      format: format === '' ? null : format,
      text: file ?? text ?? '',
    });
    setBusy(false);
    if (answer.ok) onClose();
    else setProblem(answer.error);
  };

  return (
    <form class="words-form" onSubmit={(event) => void save(event)}>
      <label for="words-name">Title</label>
      <input
        id="words-name"
        type="text"
        autocomplete="off"
        maxLength={200}
        value={title}
        placeholder="As the words say, or their first line"
        onInput={(event) => setTitle(event.currentTarget.value)}
      />
      {file === null ? (
        <>
          <label for="words-text">Words</label>
          <textarea
            id="words-text"
            rows={12}
            spellcheck={false}
            disabled={text === null}
            value={text ?? 'Loading ...'}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <p class="hint">
            An empty line parts verses, a line like [Chorus] names one. Times like [00:12.50] before a line and chords like [Am] in it are understood.
          </p>
          <button type="button" class="secondary" onClick={() => input.current?.click()}>
            Choose a file instead
          </button>
        </>
      ) : (
        <p class="chosen-file">
          From the file “{file.name}”{' '}
          <button type="button" class="secondary" onClick={() => setFile(null)}>
            Paste instead
          </button>
        </p>
      )}
      <input
        ref={input}
        type="file"
        accept={KINDS}
        class="only-read"
        tabIndex={-1}
        aria-label="Text file with the words"
        onChange={(event) => {
          take(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      <label for="words-format">How they are written</label>
      <select id="words-format" value={format} onChange={(event) => setFormat(event.currentTarget.value as WordsFormat | '')}>
        {FORMATS.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
      {problem !== null && <Problem>{problem}</Problem>}
      <div class="dialog-actions">
        <button type="submit" class="primary" disabled={busy || text === null || !session.connected.value}>
          {busy ? 'Sending ...' : 'Save the words'}
        </button>
        {sheet && (
          <button type="button" class="secondary" onClick={() => onTimes(sheet)}>
            Correct the times
          </button>
        )}
      </div>
    </form>
  );
}
