// When each line is sung, corrected by tenths of a second.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { Dialog, Problem } from '../../page/parts/parts.js';
import { askWords, type ShownWords } from '../../net/words.js';
import type { Session } from '../../session/session.js';
import type { Sheet } from '../../wire/control/control.js';
import { askerOf, keepTimes } from './commands.js';
import { clockOf, isGap, shifted, shiftedOne } from './lines.js';
import { t } from '../../i18n/words.js';

const STEP_MS = 100;

function timeOf(at: number | null | undefined): string {
  return typeof at === 'number' ? clockOf(at) : '–';
}

interface TimesDialogProps {
  session: Session;
  /** Null: closed. */
  sheet: Sheet | null;
  onClose: () => void;
}

export function TimesDialog({ session, sheet, onClose }: TimesDialogProps): JSX.Element {
  return (
    <Dialog title={sheet ? t.sheets.whenIsSung({ title: sheet.title }) : t.sheets.times} open={sheet !== null} onClose={onClose}>
      {sheet && <TimesForm key={sheet.id} session={session} sheet={sheet} onClose={onClose} />}
    </Dialog>
  );
}

function TimesForm({ session, sheet, onClose }: TimesDialogProps & { sheet: Sheet }): JSX.Element {
  const [words, setWords] = useState<ShownWords | null>(null);
  const [times, setTimes] = useState<(number | null)[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const asker = askerOf(session);
    if (!asker) return;
    void askWords(asker, sheet.id).then((answer) => {
      if (!answer.ok) return setProblem(t.sheets.closeThisWindowAndOpen({ error: answer.error }));
      setWords(answer.value);
      setTimes(answer.value.lines.map((line) => line.at_ms));
    });
  }, []);
  const save = async (): Promise<void> => {
    if (!words) return;
    setBusy(true);
    const answer = await keepTimes(session, words.sheet, times);
    setBusy(false);
    if (answer.ok) onClose();
    else setProblem(answer.error);
  };
  if (!words) return problem === null ? <p class="hint">{t.sheets.loading}</p> : <Problem>{problem}</Problem>;
  return (
    <div class="times-form">
      {times.every((at) => at === null) && <p class="hint">{t.sheets.noLineHasATime}</p>}
      <div class="times-all" role="group" aria-label={t.sheets.allLines}>
        <span>{t.sheets.allLines}</span>
        <button type="button" class="secondary" onClick={() => setTimes(shifted(times, -STEP_MS))}>
          {t.sheets.n01SEarlier}
        </button>
        <button type="button" class="secondary" onClick={() => setTimes(shifted(times, STEP_MS))}>
          {t.sheets.n01SLater}
        </button>
        <button type="button" class="quiet" onClick={() => setTimes(times.map(() => null))}>
          {t.sheets.clearAll}
        </button>
      </div>
      <ol class="times-lines">
        {words.lines.map(
          (line, i) =>
            !isGap(line) && (
              <li key={i}>
                <span class="time">{timeOf(times[i])}</span>
                <span class="time-words">{line.text || line.section || t.sheets.chords}</span>
                <button
                  type="button"
                  class="quiet"
                  disabled={typeof times[i] !== 'number'}
                  aria-label={t.sheets.n01SEarlier2({ text: line.text })}
                  onClick={() => setTimes(shiftedOne(times, i, -STEP_MS))}
                >
                  −
                </button>
                <button
                  type="button"
                  class="quiet"
                  disabled={typeof times[i] !== 'number'}
                  aria-label={t.sheets.n01SLater2({ text: line.text })}
                  onClick={() => setTimes(shiftedOne(times, i, STEP_MS))}
                >
                  +
                </button>
                <button
                  type="button"
                  class="quiet"
                  disabled={typeof times[i] !== 'number'}
                  aria-label={t.sheets.clearTheTimeOf({ text: line.text })}
                  onClick={() => setTimes(times.map((at, other) => (other === i ? null : at)))}
                >
                  ×
                </button>
              </li>
            ),
        )}
      </ol>
      {problem !== null && <Problem>{problem}</Problem>}
      <div class="dialog-actions">
        <button type="button" class="primary" disabled={busy || !session.connected.value} onClick={() => void save()}>
          {busy ? t.sheets.sending : t.sheets.saveTheTimes}
        </button>
      </div>
    </div>
  );
}
