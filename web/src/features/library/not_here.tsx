// What a page is about was not given: why, and where another try may help, a way to ask again. Once the network is back it is asked for by itself.
import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { Problem } from '../../page/parts/parts.js';

/** As the server answered; status 0: it did not. */
export interface Failure {
  error: string;
  status: number;
}

const TOO_MANY = 429;
/** A browser says that the network is back before anything comes through it. */
const BACK_MS = [0, 1_500, 6_000];

/** The line or the server is at fault, and not what was asked for. */
export function mayCome({ status }: Failure): boolean {
  return status === 0 || status === TOO_MANY || status >= 500;
}

export function NotHere({ failure, onAgain }: { failure: Failure; onAgain: () => void }): JSX.Element {
  const again = mayCome(failure);
  const ask = useRef(onAgain);
  ask.current = onAgain;
  useEffect(() => {
    if (!again) return;
    let timers: number[] = [];
    const stop = (): void => timers.forEach((timer) => window.clearTimeout(timer));
    const back = (): void => {
      stop();
      timers = BACK_MS.map((ms) => window.setTimeout(() => ask.current(), ms));
    };
    window.addEventListener('online', back);
    return () => {
      window.removeEventListener('online', back);
      stop();
    };
  }, [again]);
  return (
    <>
      <Problem>{failure.error}</Problem>
      {again && (
        <button type="button" class="secondary" onClick={onAgain}>
          {t.library.tryAgain}
        </button>
      )}
    </>
  );
}
