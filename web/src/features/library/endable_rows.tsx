// A list of what holds until somebody ends it, each row with a button that does.
import type { ComponentChildren, JSX } from 'preact';

export interface EndableRow {
  id: number;
  /** Tells it from the others, also to who does not see it. */
  name: string;
  /** What else is to be known of it. */
  children?: ComponentChildren;
  /** Null: this one cannot be ended from here. */
  onEnd: (() => void) | null;
}

/** `words`: of the buttons. */
export function EndableRows({ rows, words }: { rows: readonly EndableRow[]; words: string }): JSX.Element | null {
  if (rows.length === 0) return null;
  return (
    <ul>
      {rows.map(({ id, name, children, onEnd }) => (
        <li key={id}>
          <span>
            {name} {children}
          </span>
          {onEnd !== null && (
            <button type="button" class="quiet" onClick={onEnd}>
              {words}
              <span class="only-read">: {name}</span>
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
