// What is wrong with the sound as a whole: it did not start, it waits for a press, or it ended.
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';

/** The engine did not start. A second press may do; a page that is out of date has to be loaded anew. */
export function SoundFaultProblem({ session }: { session: Session }): JSX.Element | null {
  const kind = session.soundFault.value;
  if (kind === null) return null;
  return (
    <div class="problem held" role="alert">
      <span>
        {kind === 'page'
          ? 'This page is out of date, or a part of it could not be loaded. It is not your microphone. Try once more, or reload the page.'
          : 'The sound could not be started. Look whether a loudspeaker or headphones are plugged in and chosen in the sound settings of your device, then try once more.'}
      </span>
      <button type="button" class="secondary" onClick={() => location.reload()}>
        Reload the page
      </button>
    </div>
  );
}

/** The sound does not run, though it was started. */
export function SoundRunNote({ session }: { session: Session }): JSX.Element | null {
  const press = (): void => session.soundNow?.resume();
  switch (session.soundRun.value) {
    case 'running':
      return null;
    case 'restarting':
      return (
        <p class="note" role="status">
          The sound of this device stopped. It is being started again, with your microphone ...
        </p>
      );
    case 'interrupted':
      return (
        <p class="note held" role="status">
          <span>Something else has the sound of this device, such as a call. It comes back when that ends. If it does not:</span>
          <button type="button" class="primary" onClick={press}>
            Switch the sound on
          </button>
        </p>
      );
    case 'held':
      return (
        <p class="note held">
          <span>Your browser keeps the sound back until you press something.</span>
          <button type="button" class="primary" onClick={press}>
            Switch the sound on
          </button>
        </p>
      );
    case 'stopped':
      return (
        <p class="note warning held" role="alert">
          <span>The sound of this device stopped and does not come back. Look whether your headphones are plugged in, then start it again.</span>
          <button type="button" class="primary" onClick={press}>
            Start the sound again
          </button>
        </p>
      );
  }
}
