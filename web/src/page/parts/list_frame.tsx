// Around a list that comes in parts: what is to be said of it, trouble with a way to try again, the rows, and more of them.
import type { ComponentChildren, JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { Problem } from './parts.js';

interface FrameProps {
  /** Read aloud when it changes; empty: nothing. */
  status: string;
  problem: string | null;
  onAgain: () => void;
  /** There may be others behind these. */
  more: boolean;
  moreWords?: string;
  /** It is being asked for. */
  busy?: boolean;
  onMore: () => void;
  children: ComponentChildren;
}

export function ListFrame({ status, problem, onAgain, more, moreWords, busy = false, onMore, children }: FrameProps): JSX.Element {
  return (
    <>
      <p class="hint" role="status">
        {status}
      </p>
      {problem !== null && (
        <Problem>
          {problem}{' '}
          <button type="button" class="secondary" onClick={onAgain}>
            {t.library.tryAgain}
          </button>
        </Problem>
      )}
      {children}
      {more && problem === null && (
        <button type="button" class="secondary" disabled={busy} onClick={onMore}>
          {moreWords ?? t.library.showMore}
        </button>
      )}
    </>
  );
}
