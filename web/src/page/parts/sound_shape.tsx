// The shape of a sound behind the bar by which one goes anywhere in it: seen, and nothing else.
import type { JSX } from 'preact';

/** The width of the path's box; its height is 2. */
export const SHAPE_COLUMNS = 240;

/** `share`: how much of it has been heard, 0 to 1. */
export function SoundShape({ path, share }: { path: string; share: number }): JSX.Element {
  return (
    <svg viewBox={`0 0 ${SHAPE_COLUMNS} 2`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <path class="shape-rest" d={path} />
      <path class="shape-done" d={path} style={{ clipPath: `inset(0 ${((1 - share) * 100).toFixed(2)}% 0 0)` }} />
    </svg>
  );
}
