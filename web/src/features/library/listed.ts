// A short list that is asked for when it is shown, and asked for again after something was done to it.
import { useEffect, useState } from 'preact/hooks';
import type { LibraryResult } from '../../net/library.js';

export interface Listed<T> {
  /** Null: nothing has come yet. */
  rows: readonly T[] | null;
  problem: string | null;
  /** Takes what was done, and looks again. False: it was refused, and `problem` says why. */
  done: (what: Promise<LibraryResult<unknown>>) => Promise<boolean>;
}

/** `when`: it is asked for again whenever this is another one. */
export function useListed<T>(ask: () => Promise<LibraryResult<T[]>>, when = 0): Listed<T> {
  const [rows, setRows] = useState<readonly T[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const look = async (): Promise<void> => {
    const answer = await ask();
    if (answer.ok) setRows(answer.value);
    else setProblem(answer.error);
  };
  useEffect(() => void look(), [when]);
  const done = async (what: Promise<LibraryResult<unknown>>): Promise<boolean> => {
    const answer = await what;
    setProblem(answer.ok ? null : answer.error);
    // What is shown goes back to what holds, also where that cannot be asked for.
    if (!answer.ok) setRows((old) => old && [...old]);
    await look();
    return answer.ok;
  };
  return { rows, problem, done };
}
