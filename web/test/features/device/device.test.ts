import { describe, expect, it } from 'vitest';
import { deviceOf, thisDevice, type Browser, type InApp, type System } from '../../../src/features/device/device.js';
import { AGENTS, deviceAs } from './agents.js';

describe('a device', () => {
  it.each<[keyof typeof AGENTS, Browser, System]>([
    ['windows chrome', 'chrome', 'windows'],
    ['windows edge', 'edge', 'windows'],
    ['windows opera', 'opera', 'windows'],
    ['windows firefox', 'firefox', 'windows'],
    ['mac safari', 'safari', 'macos'],
    ['mac chrome', 'chrome', 'macos'],
    ['mac firefox', 'firefox', 'macos'],
    ['linux chrome', 'chrome', 'linux'],
    ['linux firefox', 'firefox', 'linux'],
    ['chromebook', 'chrome', 'chromeos'],
    ['android chrome', 'chrome', 'android'],
    ['android edge', 'edge', 'android'],
    ['android samsung', 'samsung', 'android'],
    ['android firefox', 'firefox', 'android'],
    ['iphone safari', 'safari', 'ios'],
    ['iphone chrome', 'chrome', 'ios'],
    ['iphone firefox', 'firefox', 'ios'],
    ['iphone edge', 'edge', 'ios'],
    ['ipad safari', 'safari', 'ios'],
  ])('%s is known, and is no program’s own browser', (agent, browser, system) => {
    expect(deviceAs(agent)).toEqual({ browser, system, inApp: null });
  });

  it.each<[keyof typeof AGENTS, InApp]>([
    ['facebook android', 'facebook'],
    ['facebook iphone', 'facebook'],
    ['messenger android', 'messenger'],
    ['messenger iphone', 'messenger'],
    ['instagram android', 'instagram'],
    ['instagram iphone', 'instagram'],
    ['threads iphone', 'threads'],
    ['whatsapp iphone', 'whatsapp'],
    ['line android', 'line'],
    ['line iphone', 'line'],
    ['wechat android', 'wechat'],
    ['wechat iphone', 'wechat'],
    ['telegram android', 'telegram'],
    ['snapchat iphone', 'snapchat'],
    ['tiktok android', 'tiktok'],
    ['linkedin iphone', 'linkedin'],
    ['x iphone', 'x'],
    ['kakaotalk android', 'kakaotalk'],
    ['unknown android', 'webview'],
    ['unknown iphone', 'webview'],
  ])('%s is the browser within a program', (agent, inApp) => {
    expect(deviceAs(agent)).toMatchObject({ inApp, system: agent.endsWith('iphone') ? 'ios' : 'android' });
  });

  it('is Telegram’s browser where its page says so', () => {
    expect(deviceOf({ userAgent: AGENTS['android chrome'], maxTouchPoints: 5, telegram: true }).inApp).toBe('telegram');
  });

  it('is unknown, and nothing worse, where it tells nothing', () => {
    expect(deviceOf({ userAgent: '', maxTouchPoints: 0, telegram: false })).toEqual({ browser: 'other', system: 'other', inApp: null });
    expect(thisDevice().inApp).toBe(null);
  });
});
