// The link to send.
import type { JSX } from 'preact';
import { CopyLink } from '../../page/parts/copy_link.js';

export function ShareLink(): JSX.Element {
  return <CopyLink id="link" label="The link to send" link={`${location.origin}${location.pathname}`} />;
}
