// News and errors that belong to no place on the page.
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';
import { Problem } from './parts.js';
import { t } from '../../i18n/words.js';

export function Notices({ session }: { session: Session }): JSX.Element {
  return (
    <div class="notices" role="log" aria-label={t.parts.news} aria-live="polite">
      {session.notices.shown.value.map((notice) => (
        <div key={notice.id} class={`notice ${notice.kind}`}>
          <p>{notice.text}</p>
          <button type="button" class="quiet" aria-label={t.parts.putAway} onClick={() => session.notices.dismiss(notice.id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}

/** The errors once more, for a dialog: what lies behind it is dimmed, and not read aloud. */
export function DialogErrors({ session }: { session: Session }): JSX.Element {
  const errors = session.notices.shown.value.filter((notice) => notice.kind === 'error');
  return (
    <>
      {errors.map((notice) => (
        <Problem key={notice.id}>{notice.text}</Problem>
      ))}
    </>
  );
}
