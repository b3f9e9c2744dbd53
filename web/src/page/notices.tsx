// News and errors that belong to no place on the page.
import type { JSX } from 'preact';
import type { Session } from '../state/session.js';

export function Notices({ session }: { session: Session }): JSX.Element {
  return (
    <div class="notices" role="log" aria-label="News" aria-live="polite">
      {session.notices.value.map((notice) => (
        <div key={notice.id} class={`notice ${notice.kind}`}>
          <p>{notice.text}</p>
          <button type="button" class="quiet" aria-label="Put away" onClick={() => session.dismiss(notice.id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
