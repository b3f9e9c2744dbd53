// The room's password: set, changed, taken away.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { Problem } from '../../page/parts/parts.js';
import type { Session } from '../../session/session.js';
import { setPassword } from './commands.js';
import { t } from '../../i18n/words.js';

/** As the server takes it. */
const MOST_BYTES = 128;

export function PasswordForm({ session, set }: { session: Session; set: boolean }): JSX.Element {
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: Event): void => {
    event.preventDefault();
    const wrong = passwordProblem(typed);
    setProblem(wrong);
    if (wrong !== null) return;
    setPassword(session, typed);
    setTyped('');
  };
  return (
    <form class="one-field" onSubmit={submit}>
      <label for="new-password">{set ? t.order.anotherPassword : t.order.aPasswordForNewcomers}</label>
      <div class="field-row">
        <input
          id="new-password"
          type="text"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          value={typed}
          aria-describedby="new-password-hint"
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <button type="submit" class="secondary">
          {set ? t.order.change : t.order.set}
        </button>
        {set && (
          <button type="button" class="quiet" onClick={() => setPassword(session, null)}>
            {t.order.takeAway}
          </button>
        )}
      </div>
      <p class="hint" id="new-password-hint" role="status">
        {set ? t.order.theRoomHasAPassword : t.order.theRoomHasNoneYou}
      </p>
      {problem && <Problem>{problem}</Problem>}
    </form>
  );
}

export function passwordProblem(password: string): string | null {
  if (password.trim() === '') return t.order.pleaseTypeAPassword;
  return new TextEncoder().encode(password).length > MOST_BYTES ? t.order.thisPasswordIsTooLong : null;
}
