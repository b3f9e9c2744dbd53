// Forms about an account of the library: names and passwords.
import { useState } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import { Problem } from '../../page/parts/parts.js';

/** A form that sends once at a time and says why it was refused. */
export function SentForm({
  words,
  send,
  onDone,
  children,
}: {
  words: string;
  send: () => Promise<string | null>;
  onDone: () => void;
  children: ComponentChildren;
}) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const why = await send();
    setBusy(false);
    setProblem(why);
    if (why === null) onDone();
  };
  return (
    <form class="library-form" onSubmit={(event) => void submit(event)}>
      {children}
      {problem !== null && <Problem>{problem}</Problem>}
      <button type="submit" class="primary" disabled={busy}>
        {words}
      </button>
    </form>
  );
}

interface FieldProps {
  id: string;
  label: string;
  value: string;
  onValue: (value: string) => void;
  hint?: string;
  secret?: boolean;
  autocomplete: 'username' | 'current-password' | 'new-password' | 'off';
}

export function AccountField({ id, label, value, onValue, hint, secret = false, autocomplete }: FieldProps): JSX.Element {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        {...(secret ? { type: 'password' as const } : { type: 'text' as const })}
        required
        autocomplete={autocomplete}
        autocapitalize="none"
        spellcheck={false}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      />
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
