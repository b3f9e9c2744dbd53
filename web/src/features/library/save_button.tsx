// The end of a form that keeps what was typed: its button, and whether it is saved.
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';

interface SaveButtonProps {
  /** Nothing was typed since. */
  saved: boolean;
  /** Secondary where the page is for something else. */
  class?: 'primary' | 'secondary';
}

export function SaveButton({ saved, class: look = 'primary' }: SaveButtonProps): JSX.Element {
  return (
    <div class="actions">
      <button type="submit" class={look}>
        {t.library.save}
      </button>
      <p class="hint" role="status">
        {saved ? t.library.saved : ''}
      </p>
    </div>
  );
}
