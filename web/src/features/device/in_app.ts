// The browsers within chat programs, and the way from each to a browser of one's own. Pure.
import type { Device, InApp } from './device.js';
import { t } from '../../i18n/words.js';

const NAMES: Record<Exclude<InApp, 'webview'>, string> = {
  facebook: 'Facebook',
  messenger: 'Messenger',
  instagram: 'Instagram',
  threads: 'Threads',
  whatsapp: 'WhatsApp',
  line: 'LINE',
  wechat: 'WeChat',
  telegram: 'Telegram',
  snapchat: 'Snapchat',
  tiktok: 'TikTok',
  linkedin: 'LinkedIn',
  x: 'X',
  pinterest: 'Pinterest',
  kakaotalk: 'KakaoTalk',
  viber: 'Viber',
};

interface Way {
  android: string;
  ios: string;
}

const same = (way: string): Way => ({ android: way, ios: way });

const OUTSIDE = () => same(t.device.pressTheThreeDotsAt);
const IN_BROWSER = () => same(t.device.pressTheThreeDotsAt2);
const COMPASS = (): Way => ({
  android: t.device.pressTheThreeDotsAt3,
  ios: t.device.pressTheCompassAtThe,
});
const UNKNOWN = () => same(t.device.lookForThreeDotsAn);

const WAYS = (): Record<InApp, Way> => ({
  facebook: { ...OUTSIDE(), ios: t.device.pressTheThreeDotsAt4 },
  messenger: { ...OUTSIDE(), ios: t.device.pressTheThreeDotsAt5 },
  instagram: OUTSIDE(),
  threads: OUTSIDE(),
  whatsapp: COMPASS(),
  line: same(t.device.pressTheThreeDotsAt6),
  wechat: IN_BROWSER(),
  telegram: COMPASS(),
  snapchat: same(t.device.pressTheThreeDotsAt7),
  tiktok: IN_BROWSER(),
  linkedin: IN_BROWSER(),
  x: {
    android: t.device.pressTheThreeDotsAt2,
    ios: t.device.pressTheSignForSharing,
  },
  pinterest: IN_BROWSER(),
  kakaotalk: same(t.device.pressTheThreeDotsOr),
  viber: IN_BROWSER(),
  webview: UNKNOWN(),
});

/** What is said of the browser within a program; null: this is a browser of its own. */
export interface InAppWords {
  /** "the browser within Facebook" */
  where: string;
  /** What to press there. */
  way: string;
  /** What to do with the link where that is not found. */
  otherwise: string;
}

export function inAppWords({ inApp, system }: Device): InAppWords | null {
  if (inApp === null) return null;
  const browser = system === 'ios' ? 'Safari' : system === 'android' ? 'Chrome' : t.device.yourBrowser;
  return {
    where: t.device.theBrowserWithin({ value: inApp === 'webview' ? t.device.anotherApp : NAMES[inApp] }),
    way: WAYS()[inApp][system === 'ios' ? 'ios' : 'android'],
    otherwise: t.device.orCopyTheLinkOpen({ browser }),
  };
}
