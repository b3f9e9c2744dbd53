// Small parts of the library's pages.
import { useState } from 'preact/hooks';
import type { ComponentChildren, JSX } from 'preact';
import { under } from '../../base_path.js';
import { t } from '../../i18n/words.js';
import { TrashIcon } from '../../page/parts/icons.js';
import { Problem } from '../../page/parts/parts.js';
import { go } from '../../page/routes.js';
import { minutes } from '../song/status.js';
import type { LibrarySong } from '../../net/library.js';

/** A link that keeps the document, so that what plays goes on. */
export function PageLink({ path, children, ...rest }: { path: string; class?: string; children: ComponentChildren }): JSX.Element {
  const open = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(path);
  };
  return (
    <a href={under(path)} onClick={open} {...rest}>
      {children}
    </a>
  );
}

/** Whose it is, and how long. */
export function aboutSong({ artist, album, length_ms: length }: LibrarySong): string {
  return [artist, album, typeof length === 'number' && length > 0 ? minutes(length / 1000) : null].filter(Boolean).join(' · ');
}

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
