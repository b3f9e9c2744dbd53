// What one says of oneself at the door besides one's name: the room's password, and one's voice part.
import { useState } from 'preact/hooks';
import type { JSX, RefObject } from 'preact';
import { remembered } from '../../state/storage.js';
import { t } from '../../i18n/words.js';
import { partName } from '../../i18n/voice_parts.js';

/** As many characters as the server takes. */
const MOST_PASSWORD = 128;

interface PasswordFieldProps {
  field: RefObject<HTMLInputElement | null>;
  password: string;
  /** Why it is asked for, or what is wrong with it. */
  problem: string | null;
  onPassword: (password: string) => void;
}

/** Can be looked at: it is the room's, told by word of mouth, and typed on phones. */
export function PasswordField({ field, password, problem, onPassword }: PasswordFieldProps): JSX.Element {
  const [shown, setShown] = useState(false);
  return (
    <div class="password">
      <label for="room-password">{t.door.theRoomsPassword}</label>
      <div class="password-row">
        <input
          ref={field}
          id="room-password"
          {...(shown ? ({ type: 'text' } as const) : ({ type: 'password' } as const))}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          maxLength={MOST_PASSWORD}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : 'password-problem'}
          value={password}
          onInput={(event) => onPassword(event.currentTarget.value)}
        />
        <button type="button" class="secondary" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {t.door.show}
        </button>
      </div>
      {problem !== null && (
        <p class="problem" role="alert" id="password-problem">
          {problem}
        </p>
      )}
    </div>
  );
}

interface PartPickerProps {
  parts: readonly string[];
  /** Empty: none. */
  part: string;
  onPart: (part: string) => void;
}

export function PartPicker({ parts, part, onPart }: PartPickerProps): JSX.Element {
  return (
    <div>
      <label for="your-part">{t.door.yourVoice}</label>
      <select id="your-part" value={part} onChange={(event) => onPart(event.currentTarget.value)}>
        <option value="">{t.door.noneOrIDoNot}</option>
        {parts.map((one) => (
          <option key={one} value={one}>
            {partName(one)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The one that was chosen here before, where the room still has it; else empty. */
export function keptPart(room: string, parts: readonly string[]): string {
  const kept = remembered.part(room) ?? '';
  return parts.includes(kept) ? kept : '';
}
