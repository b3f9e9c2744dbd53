// What is wrong with the sound as a whole: it did not start, it waits for a press, or it ended.
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';
import { t } from '../../i18n/words.js';

/** The engine did not start. A second press may do; a page that is out of date has to be loaded anew. */
export function SoundFaultProblem({ session }: { session: Session }): JSX.Element | null {
  const kind = session.soundFault.value;
  if (kind === null) return null;
  return (
    <div class="problem held" role="alert">
      <span>{kind === 'page' ? t.sound.thisPageIsOutOf : t.sound.theSoundCouldNotBe}</span>
      <button type="button" class="secondary" onClick={() => location.reload()}>
        {t.sound.reloadThePage}
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
          {t.sound.theSoundOfThisDevice}
        </p>
      );
    case 'interrupted':
      return (
        <p class="note held" role="status">
          <span>{t.sound.somethingElseHasTheSound}</span>
          <button type="button" class="primary" onClick={press}>
            {t.sound.switchTheSoundOn}
          </button>
        </p>
      );
    case 'held':
      return (
        <p class="note held">
          <span>{t.sound.yourBrowserKeepsTheSound}</span>
          <button type="button" class="primary" onClick={press}>
            {t.sound.switchTheSoundOn}
          </button>
        </p>
      );
    case 'stopped':
      return (
        <p class="note warning held" role="alert">
          <span>{t.sound.theSoundOfThisDevice2}</span>
          <button type="button" class="primary" onClick={press}>
            {t.sound.startTheSoundAgain}
          </button>
        </p>
      );
  }
}
