// Which browser, on what, and within which program this page is shown: for words that fit (ways.ts). Nothing is allowed or forbidden by it: what a browser
import { t } from '../../i18n/words.js';
// can do, it is asked itself (features/door/support.ts). Pure, but for thisDevice.

export type Browser = 'chrome' | 'edge' | 'opera' | 'samsung' | 'firefox' | 'safari' | 'other';
export type System = 'windows' | 'macos' | 'linux' | 'chromeos' | 'android' | 'ios' | 'other';
/** A program that shows pages within itself; webview: an unknown one. */
export type InApp =
  | 'facebook'
  | 'messenger'
  | 'instagram'
  | 'threads'
  | 'whatsapp'
  | 'line'
  | 'wechat'
  | 'telegram'
  | 'snapchat'
  | 'tiktok'
  | 'linkedin'
  | 'x'
  | 'pinterest'
  | 'kakaotalk'
  | 'viber'
  | 'webview';

export interface Device {
  browser: Browser;
  system: System;
  /** Null: a browser of its own. */
  inApp: InApp | null;
}

/** What a browser tells of itself. */
export interface Told {
  userAgent: string;
  maxTouchPoints: number;
  /** Telegram's browser on Android tells it by this alone. */
  telegram: boolean;
}

/** The first that matches counts: Messenger names Facebook too, and all of them name Safari or Chrome. */
const IN_APP: readonly [InApp, RegExp][] = [
  ['messenger', /FBAN\/Messenger|MessengerForiOS|MessengerLite|FB_IAB\/(Orca|MESSENGER)/i],
  ['threads', /\bBarcelona\b/],
  ['instagram', /\bInstagram\b/],
  ['facebook', /\bFB_IAB\b|\bFBAN\b|\bFBAV\b/],
  ['whatsapp', /\bWhatsApp\b/],
  ['line', /\bLine\/\d/],
  ['wechat', /\bMicroMessenger\b/],
  ['telegram', /\bTelegram\b/],
  ['snapchat', /\bSnapchat\b/],
  ['tiktok', /\bmusical_ly\b|\bBytedance|\bTikTok\b|\btrill_/i],
  ['linkedin', /\bLinkedInApp\b/],
  ['x', /\bTwitter(Android| for )/],
  ['pinterest', /\[Pinterest\/|\bPinterest for\b/],
  ['kakaotalk', /\bKAKAOTALK\b/],
  ['viber', /\bViber\b/],
];

/** Browsers of iOS that are no webview of something else, though they have no Version/ as Safari has. */
const OWN_ON_IOS = /CriOS|FxiOS|EdgiOS|OPiOS|OPT\/|OPX\/|GSA\/|DuckDuckGo|Ddg\/|Brave|YaBrowser/;

/** The first that matches counts: most browsers name others, whose pages they wish for. */
const BROWSERS: readonly [Browser, RegExp][] = [
  ['edge', /\bEdg(e|A|iOS)?\//],
  ['samsung', /\bSamsungBrowser\//],
  ['opera', /\bOPR\/|\bOPT\/|\bOPiOS\//],
  ['firefox', /\bFirefox\/|\bFxiOS\//],
  ['chrome', /\bChrome\/|\bCriOS\/|\bChromium\//],
  ['safari', /\bVersion\/[\d.]+.*\bSafari\//],
];

const SYSTEMS: readonly [System, RegExp][] = [
  ['ios', /\b(iPhone|iPad|iPod)\b/],
  ['android', /\bAndroid\b/],
  ['windows', /\bWindows\b/],
  ['chromeos', /\bCrOS\b/],
  ['macos', /\bMacintosh\b/],
  ['linux', /\bLinux\b|\bX11\b/],
];

export function deviceOf({ userAgent, maxTouchPoints, telegram }: Told): Device {
  const named = firstOf(SYSTEMS, userAgent) ?? 'other';
  // An iPad says that it is a Mac, which has no touch screen.
  const system = named === 'macos' && maxTouchPoints > 1 ? 'ios' : named;
  const browser = firstOf(BROWSERS, userAgent) ?? 'other';
  const known = telegram ? 'telegram' : firstOf(IN_APP, userAgent);
  return { browser, system, inApp: known ?? (isWebview(userAgent, system) ? 'webview' : null) };
}

/** Browsers of iOS are all of the same make inside. */
export function isWebKitOnly(device: Device): boolean {
  return device.system === 'ios';
}

function isWebview(userAgent: string, system: System): boolean {
  if (system === 'android') return /; wv\)/.test(userAgent);
  return system === 'ios' && !OWN_ON_IOS.test(userAgent) && !/\bSafari\//.test(userAgent);
}

function firstOf<T>(table: readonly [T, RegExp][], text: string): T | null {
  return table.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

export function thisDevice(): Device {
  const told = globalThis.navigator as Navigator | undefined;
  const telegram = 'TelegramWebview' in globalThis || 'TelegramWebviewProxy' in globalThis;
  return deviceOf({ userAgent: told?.userAgent ?? '', maxTouchPoints: told?.maxTouchPoints ?? 0, telegram });
}

const BROWSER_NAMES: Record<Exclude<Browser, 'other'>, string> = {
  chrome: 'Chrome',
  edge: 'Edge',
  opera: 'Opera',
  samsung: 'Samsung Internet',
  firefox: 'Firefox',
  safari: 'Safari',
};

export function browserName({ browser }: Device): string {
  return browser === 'other' ? t.device.yourBrowser : BROWSER_NAMES[browser];
}
