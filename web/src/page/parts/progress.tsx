// How far something has come, in words and as a bar.
import type { JSX } from 'preact';

/** `share`: 0 to 1. */
export function Progress({ words, share }: { words: string; share: number }): JSX.Element {
  return (
    <div class="progress">
      <p>{words}</p>
      <progress max={1} value={share} aria-label={words} />
    </div>
  );
}
