// What this browser cannot do, before anybody counts on it: on the first page, at the door, and instead of both.
import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { thisDevice, type Device } from '../device/device.js';
import { inAppWords } from '../device/in_app.js';
import { askBrowser, missingForAll, missingForSinging, type Missing } from './support.js';
import { CopyLink } from '../../page/parts/copy_link.js';
import { MissingList } from './unsupported.js';
import { t } from '../../i18n/words.js';

/** The way out of a chat program's browser; nothing in any other. */
export function InAppNote({ device }: { device: Device }): JSX.Element | null {
  const words = inAppWords(device);
  if (!words) return null;
  return (
    <div class="note in-app">
      <p>
        <strong>{t.door.openThisPageInYour}</strong> {t.door.youAreInABrowserWithin({ where: words.where })}
      </p>
      <p>{words.way}</p>
      <p>{words.otherwise}</p>
      <CopyLink id="link-outside" label={t.door.theLinkOfThisPage2} link={`${location.origin}${location.pathname}`} />
    </div>
  );
}

interface Lacks {
  all: Missing[];
  singing: Missing[];
}

/** For the first page: nothing where one can sing. */
export function BrowserNote({ device = thisDevice() }: { device?: Device }): JSX.Element | null {
  const [lacks, setLacks] = useState<Lacks | null>(null);
  useEffect(() => {
    void askBrowser().then((needs) => setLacks({ all: missingForAll(needs, device), singing: missingForSinging(needs, device) }));
  }, []);
  if (device.inApp !== null) return <InAppNote device={device} />;
  const missing = lacks ? [...lacks.all, ...lacks.singing] : [];
  if (missing.length === 0) return null;
  const listens = lacks?.all.length === 0;
  return (
    <div class="note warning" role="status">
      <p>
        <strong>{listens ? t.door.withThisBrowserYouCan : t.door.thisBrowserCanNeitherSing}</strong> {t.door.itLacks}
      </p>
      <MissingList missing={missing} />
    </div>
  );
}
