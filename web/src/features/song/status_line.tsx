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
  return `${countedRarely(status.sentence)} ${status.hint}`.trim();
}

/** In every language, `inS` begins a sentence and ends these. */
function countedRarely(sentence: string): string {
  for (const [digits] of sentence.matchAll(/\d+/g)) {
    const seconds = Number(digits);
    const exact = t.song.inS({ seconds });
    const ending = `${exact.charAt(0).toLowerCase()}${exact.slice(1)}.`;
    if (sentence.endsWith(ending)) return `${sentence.slice(0, -ending.length)}${roughly(seconds)}.`;
  }
  return sentence;
}

function roughly(seconds: number): string {
  if (seconds > 10) return t.song.saidSoon;
  if (seconds > 5) return t.song.inLessThan10Seconds;
  return seconds > 2 ? t.song.inLessThan5Seconds : t.song.saidNow;
}
