// How far something has come, in words and as a bar.
import type { JSX } from 'preact';

/** `share`: 0 to 1; null: nobody knows. */
export function Progress({ words, share }: { words: string; share: number | null }): JSX.Element {
  return (
    <div class="progress">
      <p>{words}</p>
      <progress max={1} value={share ?? undefined} aria-label={words} />
    </div>
  );
}
