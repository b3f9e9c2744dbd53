// A link within the page.
import type { ComponentChildren, JSX } from 'preact';
import { under } from '../../base_path.js';
import { go } from '../routes.js';

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
