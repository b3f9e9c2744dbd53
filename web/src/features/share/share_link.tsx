// The link to send.
import { useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { CopyIcon } from '../../page/parts/icons.js';

const SAID_MS = 2_500;

export function ShareLink(): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState('');
  const link = `${location.origin}${location.pathname}`;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link);
      setSaid('Copied');
    } catch {
      field.current?.select();
      setSaid('Press Ctrl + C');
    }
    setTimeout(() => setSaid(''), SAID_MS);
  };
  return (
    <div class="share">
      <label for="link">The link to send</label>
      <div class="share-row">
        <input ref={field} id="link" type="text" readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
        <button type="button" class="secondary" onClick={() => void copy()}>
          <CopyIcon />
          <span>{said || 'Copy'}</span>
        </button>
        <span class="only-read" role="status">
          {said}
        </span>
      </div>
    </div>
  );
}
