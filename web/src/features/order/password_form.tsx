// The room's password: set, changed, taken away.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { Problem } from '../../page/parts/parts.js';
import type { Session } from '../../session/session.js';
import { setPassword } from './commands.js';

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
      <label for="new-password">{set ? 'Another password' : 'A password for newcomers'}</label>
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
          {set ? 'Change' : 'Set'}
        </button>
        {set && (
          <button type="button" class="quiet" onClick={() => setPassword(session, null)}>
            Take away
          </button>
        )}
      </div>
      <p class="hint" id="new-password-hint" role="status">
        {set
          ? 'The room has a password. Newcomers are asked for it; who was in before is not.'
          : 'The room has none. You tell it to people yourself; Roundelay shows it to nobody.'}
      </p>
      {problem && <Problem>{problem}</Problem>}
    </form>
  );
}

export function passwordProblem(password: string): string | null {
  if (password.trim() === '') return 'Please type a password.';
  return new TextEncoder().encode(password).length > MOST_BYTES ? 'This password is too long.' : null;
}
