// How a list that comes in parts is shown, and the way back up from it.
import type { ComponentChildren, JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { LIBRARY_PATH } from './library.js';
import { PageLink } from '../../page/parts/page_link.js';
import { ListFrame } from '../../page/parts/list_frame.js';
import type { Shelf } from './shelf.js';

interface ShelfProps<Row extends { id: number }> {
  shelf: Shelf<Row>;
  /** What is said where there is nothing. */
  none: string;
  children: (rows: readonly Row[]) => JSX.Element;
}

export function ShelfPart<Row extends { id: number }>({ shelf, none, children }: ShelfProps<Row>): JSX.Element {
  const rows = shelf.rows.value;
  const problem = shelf.problem.value;
  return (
    <ListFrame
      status={rows === null && problem === null ? t.library.lookingForSongs : rows?.length === 0 ? none : ''}
      problem={problem}
      onAgain={() => void shelf.goOn()}
      more={shelf.more.value}
      onMore={() => void shelf.goOn()}
    >
      {rows !== null && rows.length > 0 && children(rows)}
    </ListFrame>
  );
}

/** From the library down to what is shown: each a way back. */
export function Way({ steps }: { steps: readonly { path: string; name: string }[] }): JSX.Element {
  return (
    <nav class="library-way" aria-label={t.shelves.whereOneIs}>
      <PageLink path={LIBRARY_PATH}>{t.library.songLibrary}</PageLink>
      {steps.map(({ path, name }) => (
        <PageLink key={path} path={path}>
          {name}
        </PageLink>
      ))}
    </nav>
  );
}

/** A row that opens something, and what is said of it. */
export function ShelfRow({ path, name, children }: { path: string; name: string; children: ComponentChildren }): JSX.Element {
  return (
    <li>
      <PageLink path={path}>{name}</PageLink>
      <span class="hint">{children}</span>
    </li>
  );
}
