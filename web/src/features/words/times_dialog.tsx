// When each line is sung, corrected by tenths of a second.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { Dialog, Problem } from '../../page/parts/parts.js';
import { askWords, type ShownWords } from '../../net/words.js';
import type { Session } from '../../session/session.js';
import type { Sheet } from '../../wire/control/control.js';
import { askerOf, keepTimes } from './commands.js';
import { clockOf, isGap, shifted, shiftedOne } from './lines.js';

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
    <Dialog title={sheet ? `When “${sheet.title}” is sung` : 'Times'} open={sheet !== null} onClose={onClose}>
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
      if (!answer.ok) return setProblem(`${answer.error} Close this window and open it again.`);
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
  if (!words) return problem === null ? <p class="hint">Loading ...</p> : <Problem>{problem}</Problem>;
  return (
    <div class="times-form">
      {times.every((at) => at === null) && (
        <p class="hint">
          No line has a time yet. Whoever leads taps them while she sings: the words are shown, and each press of the space bar says that the next
          line begins.
        </p>
      )}
      <div class="times-all" role="group" aria-label="All lines">
        <span>All lines</span>
        <button type="button" class="secondary" onClick={() => setTimes(shifted(times, -STEP_MS))}>
          0.1 s earlier
        </button>
        <button type="button" class="secondary" onClick={() => setTimes(shifted(times, STEP_MS))}>
          0.1 s later
        </button>
        <button type="button" class="quiet" onClick={() => setTimes(times.map(() => null))}>
          Clear all
        </button>
      </div>
      <ol class="times-lines">
        {words.lines.map(
          (line, i) =>
            !isGap(line) && (
              <li key={i}>
                <span class="time">{timeOf(times[i])}</span>
                <span class="time-words">{line.text || line.section || 'chords'}</span>
                <button
                  type="button"
                  class="quiet"
                  disabled={typeof times[i] !== 'number'}
                  aria-label={`“${line.text}” 0.1 s earlier`}
                  onClick={() => setTimes(shiftedOne(times, i, -STEP_MS))}
                >
                  −
                </button>
                <button
                  type="button"
                  class="quiet"
                  disabled={typeof times[i] !== 'number'}
                  aria-label={`“${line.text}” 0.1 s later`}
                  onClick={() => setTimes(shiftedOne(times, i, STEP_MS))}
                >
                  +
                </button>
                <button
                  type="button"
                  class="quiet"
                  disabled={typeof times[i] !== 'number'}
                  aria-label={`Clear the time of “${line.text}”`}
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
          {busy ? 'Sending ...' : 'Save the times'}
        </button>
      </div>
    </div>
  );
}
