// The browsers within chat programs, and the way from each to a browser of one's own. Pure.
import type { Device, InApp } from './device.js';

const NAMES: Record<InApp, string> = {
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
  webview: 'another app',
};

interface Way {
  android: string;
  ios: string;
}

const same = (way: string): Way => ({ android: way, ios: way });

const OUTSIDE = same('Press the three dots at the top right, then “Open in external browser”.');
const IN_BROWSER = same('Press the three dots at the top right, then “Open in browser”.');
const COMPASS: Way = {
  android: 'Press the three dots at the top right, then “Open in Chrome” or “Open in browser”.',
  ios: 'Press the compass at the bottom right, or the three dots, then “Open in Safari”.',
};
const UNKNOWN = same('Look for three dots, an arrow or a compass at the edge of the screen, and for “Open in browser” there.');

const WAYS: Record<InApp, Way> = {
  facebook: { ...OUTSIDE, ios: 'Press the three dots at the bottom or top right, then “Open in external browser”.' },
  messenger: { ...OUTSIDE, ios: 'Press the three dots at the bottom right, then “Open in external browser”.' },
  instagram: OUTSIDE,
  threads: OUTSIDE,
  whatsapp: COMPASS,
  line: same('Press the three dots at the bottom or top right, then “Open in other app” or “Open in default browser”.'),
  wechat: IN_BROWSER,
  telegram: COMPASS,
  snapchat: same('Press the three dots at the top or bottom right, then “Open in browser”.'),
  tiktok: IN_BROWSER,
  linkedin: IN_BROWSER,
  x: {
    android: 'Press the three dots at the top right, then “Open in browser”.',
    ios: 'Press the sign for sharing at the bottom, then “Open in Safari”.',
  },
  pinterest: IN_BROWSER,
  kakaotalk: same('Press the three dots or the sign for sharing at the bottom right, then “Open in other browser”.'),
  viber: IN_BROWSER,
  webview: UNKNOWN,
};

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
  const browser = system === 'ios' ? 'Safari' : system === 'android' ? 'Chrome' : 'your browser';
  return {
    where: `the browser within ${NAMES[inApp]}`,
    way: WAYS[inApp][system === 'ios' ? 'ios' : 'android'],
    otherwise: `Or copy the link, open ${browser}, and paste it where the address is.`,
  };
}
