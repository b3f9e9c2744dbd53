// What browsers tell of themselves.
import { deviceOf, type Device } from '../../../src/features/device/device.js';

const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const BLINK = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const WINDOWS = `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${BLINK} Chrome/142.0.0.0 Safari/537.36`;
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const LINUX = `Mozilla/5.0 (X11; Linux x86_64) ${BLINK} Chrome/142.0.0.0 Safari/537.36`;
const PHONE = `Mozilla/5.0 (Linux; Android 10; K) ${BLINK} Chrome/142.0.0.0 Mobile Safari/537.36`;
const WEBVIEW = `Mozilla/5.0 (Linux; Android 14; SM-G991B Build/UP1A.231005.007; wv) ${BLINK} Version/4.0 Chrome/142.0.7444.48 Mobile Safari/537.36`;
const IPHONE = `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${WEBKIT}`;

export const AGENTS = {
  'windows chrome': WINDOWS,
  'windows edge': `${WINDOWS} Edg/142.0.0.0`,
  'windows opera': `${WINDOWS} OPR/124.0.0.0`,
  'windows firefox': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
  'mac safari': `${MAC} ${WEBKIT} Version/26.1 Safari/605.1.15`,
  'mac chrome': `${MAC} ${BLINK} Chrome/142.0.0.0 Safari/537.36`,
  'mac firefox': 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:145.0) Gecko/20100101 Firefox/145.0',
  'linux chrome': LINUX,
  'linux firefox': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  chromebook: LINUX.replace('X11; Linux x86_64', 'X11; CrOS x86_64 14541.0.0'),
  'android chrome': PHONE,
  'android edge': `${PHONE} EdgA/142.0.0.0`,
  'android samsung': PHONE.replace('Chrome/142.0.0.0', 'SamsungBrowser/28.0 Chrome/130.0.0.0'),
  'android firefox': 'Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0',
  'iphone safari': `${IPHONE} Version/18.6 Mobile/15E148 Safari/604.1`,
  'iphone chrome': `${IPHONE} CriOS/142.0.7444.46 Mobile/15E148 Safari/604.1`,
  'iphone firefox': `${IPHONE} FxiOS/145.0 Mobile/15E148 Safari/605.1.15`,
  'iphone edge': `${IPHONE} Version/18.0 EdgiOS/142.0.0.0 Mobile/15E148 Safari/605.1.15`,
  'ipad safari': `${MAC} ${WEBKIT} Version/18.6 Safari/605.1.15`,
  'facebook android': `${WEBVIEW} [FB_IAB/FB4A;FBAV/485.0.0.70.77;]`,
  'facebook iphone': `${IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/485.0.0;FBDV/iPhone14,5;FBMD/iPhone;FBSN/iOS;FBSV/18.6]`,
  'messenger android': `${WEBVIEW} [FB_IAB/Orca-Android;FBAV/480.0.0.50.109;]`,
  'messenger iphone': `${IPHONE} Mobile/15E148 [FBAN/MessengerForiOS;FBAV/480.0.0]`,
  'instagram android': `${WEBVIEW} Instagram 350.1.0.46.93 Android (34/14; 420dpi; 1080x2176; samsung; SM-G991B)`,
  'instagram iphone': `${IPHONE} Mobile/15E148 Instagram 350.0.3 (iPhone14,5; iOS 18_6; en_US)`,
  'threads iphone': `${IPHONE} Mobile/15E148 Barcelona 350.0.0 (iPhone14,5; iOS 18_6)`,
  'whatsapp iphone': `${IPHONE} Mobile/15E148 WhatsApp/24.20.79`,
  'line android': `${WEBVIEW} Line/14.17.0/IAB`,
  'line iphone': `${IPHONE} Mobile/15E148 Safari Line/14.17.0`,
  'wechat android': `${WEBVIEW} MMWEBID/1234 MicroMessenger/8.0.50.2701(0x2800325C) WeChat/arm64 NetType/WIFI Language/en`,
  'wechat iphone': `${IPHONE} Mobile/15E148 MicroMessenger/8.0.50(0x1800322c) NetType/WIFI Language/en`,
  'telegram android': `${WEBVIEW} Telegram-Android/11.3.3 (Samsung SM-G991B; Android 14; SDK 34; HIGH)`,
  'snapchat iphone': `${IPHONE} Version/18.6 Mobile/15E148 Snapchat/13.0 (like Safari/8620.1)`,
  'tiktok android': `${WEBVIEW} trill_350 BytedanceWebview/d8a21c6`,
  'linkedin iphone': `${IPHONE} Mobile/15E148 [LinkedInApp]/9.30`,
  'x iphone': `${IPHONE} Mobile/15E148 Twitter for iPhone/10.66`,
  'kakaotalk android': `${WEBVIEW} KAKAOTALK 10.9.1`,
  'unknown android': WEBVIEW,
  'unknown iphone': `${IPHONE} Mobile/15E148`,
} as const;

export function deviceAs(agent: keyof typeof AGENTS): Device {
  return deviceOf({ userAgent: AGENTS[agent], maxTouchPoints: agent.startsWith('ipad') ? 5 : 0, telegram: false });
}
