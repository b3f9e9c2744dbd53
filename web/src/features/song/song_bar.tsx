// The song's bar: how much of it one has heard. Drawn without the page's state, as it moves all the time.
import { effect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';

export function SongBar({ session }: { session: Session }): JSX.Element {
  const done = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      effect(() => {
        const progress = session.song.progress.value;
        const share = progress?.totalSeconds ? progress.elapsedSeconds / progress.totalSeconds : 0;
        if (done.current) done.current.style.transform = `scaleX(${share.toFixed(4)})`;
      }),
    [session],
  );
  return (
    <div class="song-bar" aria-hidden="true">
      <span class="song-bar-done" ref={done} />
    </div>
  );
}
