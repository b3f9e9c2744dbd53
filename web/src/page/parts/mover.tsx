// Puts one thing of a list further up or down: by two buttons, and on them by the arrow keys, Home and End.
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';

interface MoverProps {
  what: string;
  /** From 0. */
  place: number;
  count: number;
  disabled: boolean;
  onMove: (place: number) => void;
}

/** The place that a key leads to; null: none, or it is there already. */
export function placeByKey(key: string, place: number, count: number): number | null {
  const to = { ArrowUp: place - 1, ArrowDown: place + 1, Home: 0, End: count - 1 }[key];
  return to === undefined || to === place || to < 0 || to >= count ? null : to;
}

/** The list with its item at `from` put at `to`. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const out = [...list];
  out.splice(to, 0, ...out.splice(from, 1));
  return out;
}

export function Mover({ what, place, count, disabled, onMove }: MoverProps): JSX.Element {
  const ref = useRef<HTMLSpanElement>(null);
  /** The keyboard was here when it moved: it stays with it. */
  const held = useRef<'up' | 'down' | null>(null);
  useLayoutEffect(() => {
    if (held.current === null) return;
    const wanted = held.current === 'up' && place > 0 ? 'up' : place < count - 1 ? 'down' : 'up';
    held.current = null;
    ref.current?.querySelector<HTMLElement>(`[data-move="${wanted}"]`)?.focus();
  }, [place]);
  const put = (to: number | null): void => {
    if (to === null || disabled) return;
    held.current = to < place ? 'up' : 'down';
    onMove(to);
  };
  const key = (event: KeyboardEvent): void => {
    const to = placeByKey(event.key, place, count);
    if (to === null) return;
    event.preventDefault();
    put(to);
  };
  return (
    <span class="mover" ref={ref} onKeyDown={key}>
      <button
        type="button"
        class="quiet"
        data-move="up"
        aria-label={t.parts.moveUp({ what })}
        disabled={disabled || place === 0}
        onClick={() => put(place - 1)}
      >
        <span aria-hidden="true">↑</span>
      </button>
      <button
        type="button"
        class="quiet"
        data-move="down"
        aria-label={t.parts.moveDown({ what })}
        disabled={disabled || place === count - 1}
        onClick={() => put(place + 1)}
      >
        <span aria-hidden="true">↓</span>
      </button>
    </span>
  );
}
