// The link to send, behind a button: copied, or given to what the device sends things with.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { CopyLink } from '../../page/parts/copy_link.js';
import { ShareIcon } from '../../page/parts/icons.js';
import { Dialog } from '../../page/parts/parts.js';
import { t } from '../../i18n/words.js';

export function ShareButton({ roomName, more }: { roomName: string; more: JSX.Element }): JSX.Element {
  const [open, setOpen] = useState(false);
  const link = roomLink();
  return (
    <>
      <button type="button" class="quiet" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <ShareIcon />
        {t.share.share}
      </button>
      <Dialog title={t.share.bringOthersIn} open={open} onClose={() => setOpen(false)}>
        <p>{t.share.whoeverOpensThisLinkComes}</p>
        <CopyLink id="link" label={t.share.theLinkToSend} link={link} />
        {'share' in navigator && (
          <button type="button" class="primary large" onClick={() => void send(roomName, link)}>
            <ShareIcon />
            {t.share.sendIt}
          </button>
        )}
        {more}
      </Dialog>
    </>
  );
}

/** Whoever opens it comes to the door of this room. */
export function roomLink(): string {
  return `${location.origin}${location.pathname}`;
}

async function send(title: string, url: string): Promise<void> {
  // Whoever puts the system's window away has sent nothing, which is no fault.
  await navigator.share({ title, url }).catch(() => undefined);
}
