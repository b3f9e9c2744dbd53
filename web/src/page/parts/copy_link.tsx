// A link in a field, with a button that copies it: where the browser forbids that, the link is marked, and it is said what to press.
import { useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { thisDevice } from '../../features/device/device.js';
import { CopyIcon } from './icons.js';
import { t } from '../../i18n/words.js';

const SAID_MS = 2_500;

interface CopyLinkProps {
  id: string;
  label: string;
  link: string;
}

export function CopyLink({ id, label, link }: CopyLinkProps): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState('');
  const copy = async (): Promise<void> => {
    field.current?.select();
    setSaid((await copied(link)) ? t.parts.copied : copyByHand(thisDevice().system));
    setTimeout(() => setSaid(''), SAID_MS);
  };
  return (
    <div class="share">
      <label for={id}>{label}</label>
      <div class="share-row">
        <input ref={field} id={id} type="text" readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
        <button type="button" class="secondary" onClick={() => void copy()}>
          <CopyIcon />
          <span>{said || t.parts.copy}</span>
        </button>
        <span class="only-read" role="status">
          {said}
        </span>
      </div>
    </div>
  );
}

/** Of what is marked, where a browser has no better way. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return document.execCommand('copy');
  }
}

function copyByHand(system: string): string {
  if (system === 'android' || system === 'ios') return t.parts.holdTheLinkThenCopy;
  return system === 'macos' ? t.parts.pressC : t.parts.pressCtrlC;
}
