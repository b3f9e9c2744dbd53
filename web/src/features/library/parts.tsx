// Small parts of the library's pages.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { TrashIcon } from '../../page/parts/icons.js';
import { Problem } from '../../page/parts/parts.js';

/** Deletes at the second press. `remove` gives back why it was not done. */
export function DeleteAsk({ remove }: { remove: () => Promise<string | null> }): JSX.Element {
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <div class="actions" data-keeps-focus>
      <button type="button" class={asked ? 'primary' : 'quiet'} onClick={() => (asked ? void remove().then(setProblem) : setAsked(true))}>
        <TrashIcon />
        {asked ? t.library.deleteForGood : t.library.deleteAsk}
      </button>
      {asked && (
        <button type="button" class="quiet" onClick={() => setAsked(false)}>
          {t.library.keepIt}
        </button>
      )}
      {problem !== null && <Problem>{problem}</Problem>}
    </div>
  );
}
