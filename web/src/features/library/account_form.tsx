// Forms about an account of the library: names and passwords.
import { useState } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import { t } from '../../i18n/words.js';
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

export interface TwicePassword {
  once: string;
  again: string;
}
export const NO_PASSWORD: TwicePassword = { once: '', again: '' };

interface NewPasswordProps {
  /** The fields are ID-password and ID-again. */
  id: string;
  label: string;
  value: TwicePassword;
  onValue: (value: TwicePassword) => void;
}

/** A new one, typed twice. */
export function NewPasswordFields({ id, label, value, onValue }: NewPasswordProps): JSX.Element {
  return (
    <>
      <AccountField
        id={`${id}-password`}
        label={label}
        hint={t.library.atLeastEight}
        secret
        value={value.once}
        onValue={(once) => onValue({ ...value, once })}
        autocomplete="new-password"
      />
      <AccountField
        id={`${id}-again`}
        label={t.library.onceMore}
        secret
        value={value.again}
        onValue={(again) => onValue({ ...value, again })}
        autocomplete="new-password"
      />
    </>
  );
}
