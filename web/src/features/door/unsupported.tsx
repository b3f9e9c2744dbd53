// This browser lacks something that Roundelay cannot do without.
import type { JSX } from 'preact';
import type { Missing } from './support.js';
import { CopyLink } from '../../page/parts/copy_link.js';
import { PlainPage } from '../../page/parts/parts.js';
import { t } from '../../i18n/words.js';

export function MissingList({ missing }: { missing: Missing[] }): JSX.Element {
  const todos = [...new Set(missing.map((one) => one.todo))];
  return (
    <>
      <ul class="missing">
        {missing.map((one) => (
          <li key={one.technical}>
            <strong>{one.what}</strong> <span class="technical">({one.technical})</span>
          </li>
        ))}
      </ul>
      {todos.map((todo) => (
        <p key={todo}>{todo}</p>
      ))}
    </>
  );
}

interface UnsupportedProps {
  missing: Missing[];
  /** The way out of a chat program's browser: then nothing else need be said. */
  wayOut: JSX.Element | null;
}

export function Unsupported({ missing, wayOut }: UnsupportedProps): JSX.Element {
  return (
    <PlainPage card>
      <h1>{t.door.thisBrowserCannotSingAlong}</h1>
      {wayOut ?? (
        <>
          <p>{t.door.roundelayNeedsSomethingThatIs}</p>
          <MissingList missing={missing} />
          <CopyLink id="link-elsewhere" label={t.door.theLinkOfThisPage} link={`${location.origin}${location.pathname}`} />
        </>
      )}
    </PlainPage>
  );
}
