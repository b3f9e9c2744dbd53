// Words are pasted or uploaded, or those that are there are edited.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { Dialog, Problem } from '../../page/parts/parts.js';
import { askText, type WordsFormat } from '../../net/words.js';
import type { Session } from '../../session/session.js';
import type { Sheet } from '../../wire/control/control.js';
import { askerOf, keepWords, renameWords } from './commands.js';
import { t } from '../../i18n/words.js';

const MOST_BYTES = 65_536;
const KINDS = '.txt,.lrc,.cho,.crd,.chopro,.chordpro,.pro,text/plain';
const FORMATS = (): [WordsFormat | '', string][] => [
  ['', t.sheets.asItLooks],
  ['plain', t.sheets.plainWords],
  ['lrc', t.sheets.withTimesLrc],
  ['chordpro', t.sheets.withChordsChordpro],
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
    <Dialog title={sheet ? t.sheets.theWordsOf({ title: sheet.title }) : t.sheets.addWords} open={open} onClose={onClose}>
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
      } else setProblem(t.sheets.closeThisWindowAndOpen({ error: answer.error }));
    });
  }, []);

  const take = (chosen: File | undefined): void => {
    if (!chosen) return;
    if (chosen.size > MOST_BYTES) return setProblem(t.sheets.thisFileIsTooLarge);
    setProblem(null);
    setFile(chosen);
  };
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    setProblem(null);
    if (file === null && (text ?? '').trim() === '') return setProblem(t.sheets.pasteTheWordsFirstOr);
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
      <label for="words-name">{t.sheets.title}</label>
      <input
        id="words-name"
        type="text"
        autocomplete="off"
        maxLength={200}
        value={title}
        placeholder={t.sheets.asTheWordsSayOr}
        onInput={(event) => setTitle(event.currentTarget.value)}
      />
      {file === null ? (
        <>
          <label for="words-text">{t.sheets.words}</label>
          <textarea
            id="words-text"
            rows={12}
            spellcheck={false}
            disabled={text === null}
            value={text ?? t.sheets.loading}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <p class="hint">{t.sheets.anEmptyLinePartsVerses}</p>
          <button type="button" class="secondary" onClick={() => input.current?.click()}>
            {t.sheets.chooseAFileInstead}
          </button>
        </>
      ) : (
        <p class="chosen-file">
          {t.sheets.fromTheFile({ name: file.name })}
          <button type="button" class="secondary" onClick={() => setFile(null)}>
            {t.sheets.pasteInstead}
          </button>
        </p>
      )}
      <input
        ref={input}
        type="file"
        accept={KINDS}
        class="only-read"
        tabIndex={-1}
        aria-label={t.sheets.textFileWithTheWords}
        onChange={(event) => {
          take(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      <label for="words-format">{t.sheets.howTheyAreWritten}</label>
      <select id="words-format" value={format} onChange={(event) => setFormat(event.currentTarget.value as WordsFormat | '')}>
        {FORMATS().map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
      {problem !== null && <Problem>{problem}</Problem>}
      <div class="dialog-actions">
        <button type="submit" class="primary" disabled={busy || text === null || !session.connected.value}>
          {busy ? t.sheets.sending : t.sheets.saveTheWords}
        </button>
        {sheet && (
          <button type="button" class="secondary" onClick={() => onTimes(sheet)}>
            {t.sheets.correctTheTimes}
          </button>
        )}
      </div>
    </form>
  );
}
