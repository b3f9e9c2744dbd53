// Where the song is, in one sentence. Screen readers are told of changes, but not of every second of a countdown.
import type { JSX } from 'preact';
import { NextTry } from '../../page/parts/parts.js';
import { placeKeptWords, type Status, type Trying } from './status.js';
import { t } from '../../i18n/words.js';

interface StatusLineProps {
  status: Status;
  /** The connection is lost. */
  trying: Trying | null;
  onTry: () => void;
}

export function StatusLine({ status, trying, onTry }: StatusLineProps): JSX.Element {
  return (
    <>
      <p class="status-sentence" aria-hidden="true">
        {status.sentence}
      </p>
      {status.hint !== '' && (
        <p class="status-hint" aria-hidden="true">
          {status.hint}
        </p>
      )}
      {trying && (
        <NextTry
          untilMs={trying.untilMs}
          onTry={onTry}
          meanwhile={(nowMs) => (trying.keptUntilMs === null ? null : placeKeptWords(trying.keptUntilMs, nowMs))}
        />
      )}
      <p class="only-read" role="status" aria-live="polite">
        {spoken(status)}
      </p>
    </>
  );
}

/** What is said aloud: counts down only at 10, 5 and below 3 seconds. */
export function spoken(status: Status): string {
  const countdown = /in (\d+) s\./.exec(status.sentence);
  if (!countdown) return `${status.sentence} ${status.hint}`.trim();
  const seconds = Number(countdown[1]);
  const said = seconds > 10 ? 'soon' : seconds > 5 ? t.song.inLessThan10Seconds : seconds > 2 ? t.song.inLessThan5Seconds : 'now';
  return `${status.sentence.replace(countdown[0], `${said}.`)} ${status.hint}`.trim();
}
