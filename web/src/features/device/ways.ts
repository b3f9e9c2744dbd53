// Where on this very device something is set, as sentences that say what to press. One table for each thing. Pure.
import { browserName, type Browser, type Device, type System } from './device.js';
import { t } from '../../i18n/words.js';

type ByBrowser = Partial<Record<Browser, string>> & { other: string };
type BySystem = Partial<Record<System, string>> & { other: string };

const DESKTOP_PERMISSION = (): ByBrowser => ({
  chrome: t.device.pressTheSignLeftOf,
  edge: t.device.pressTheLockLeftOf,
  opera: t.device.pressTheLockLeftOf,
  firefox: t.device.pressTheCrossedOutMicrophone,
  safari: t.device.chooseSettingsForThisWebsite,
  other: t.device.pressTheSmallLockOr,
});

const ANDROID_PERMISSION = (): ByBrowser => ({
  chrome: t.device.pressTheSignLeftOf2,
  edge: t.device.pressTheLockLeftOf2,
  samsung: t.device.pressTheLockInThe,
  firefox: t.device.pressTheLockOrShield,
  other: t.device.pressTheSmallLockBeside,
});

const IOS_PERMISSION = (): ByBrowser => ({
  safari: t.device.pressTheSignAtThe,
  other: t.device.loadThePageAgainAnd,
});

/** Where the permission of this page for the microphone is given back. */
export function permissionWay(device: Device): string {
  if (device.system === 'ios') return byBrowser(IOS_PERMISSION(), device);
  return byBrowser(device.system === 'android' ? ANDROID_PERMISSION() : DESKTOP_PERMISSION(), device);
}

/** Where the system lets a browser have the microphone, or not. */
export function systemPermissionWay(device: Device): string {
  const name = browserName(device);
  const way: BySystem = {
    windows: t.device.inTheSettingsOfWindows,
    macos: t.device.inTheSystemSettingsOpen({ name }),
    chromeos: t.device.inTheSettingsOpenPrivacy,
    android: t.device.inTheSettingsOfThe({ name }),
    ios: t.device.inSettingsOpenApps({ name: name === t.device.yourBrowser ? t.device.thisBrowser : name }),
    linux: t.device.lookInTheSettingsOf,
    other: t.device.lookInThePrivacySettings,
  };
  return bySystem(way, device);
}

const UNMUTE = (): BySystem => ({
  windows: t.device.pressTheKeyWithThe,
  macos: t.device.pressTheMuteKeyOf,
  linux: t.device.pressTheKeyWithThe2,
  chromeos: t.device.pressTheKeyWithThe3,
  android: t.device.endACallIfThere,
  ios: t.device.endACallIfThere2,
  other: t.device.lookAtTheMuteKey,
});

/** Where a microphone is switched on that is muted outside of the page. */
export function unmuteWay(device: Device): string {
  return bySystem(UNMUTE(), device);
}

const FREE = (): BySystem => ({
  windows: t.device.closeOtherProgramsThatUse,
  android: t.device.endCallsAndCloseOther,
  ios: t.device.endCallsAndCloseOther,
  other: t.device.closeOtherProgramsAndPages,
});

/** How a microphone gets free that something else uses. */
export function freeWay(device: Device): string {
  return bySystem(FREE(), device);
}

const RATE = (): BySystem => ({
  windows: t.device.inTheSettingsOfWindows2,
  macos: t.device.openTheProgramAudioMidi,
  linux: t.device.setTheSoundOfYour,
  ios: t.device.pullOutTheHeadsetOr,
  other: t.device.useAnotherMicrophoneOrChrome,
});

/** How a sound card comes to 48 kHz. */
export function rateWay(device: Device): string {
  return bySystem(RATE(), device);
}

/** How a microphone comes to a device that has none. */
export function plugWay(device: Device): string {
  if (device.system === 'android' || device.system === 'ios') return t.device.pullOutTheHeadsetIf;
  const hidden: Partial<Record<System, string>> = {
    windows: t.device.ifItIsPluggedIn,
    macos: t.device.ifItIsPluggedIn2({ systemPermissionWay: systemPermissionWay(device) }),
  };
  return t.device.plugOneIn({ value: hidden[device.system] ?? '' });
}

/** What else one might do on this device where its browser cannot do what is needed. */
export function betterBrowser(device: Device): string {
  switch (device.system) {
    case 'ios':
      return t.device.anotherBrowserOnThisIphone;
    case 'macos':
      if (device.browser === 'safari') return t.device.updateMacosAndWithIt;
      return t.device.useACurrentChromeEdge;
    case 'android':
      return device.browser === 'chrome' || device.browser === 'edge' ? t.device.updateThisBrowserInThe : t.device.useACurrentChromeOr;
    default:
      return t.device.useACurrentChromeEdge2;
  }
}

export function bestWith(device: Device): string {
  return device.system === 'ios' ? t.device.bestWithHeadphonesOnA : t.device.bestWithHeadphonesOnA2;
}

function byBrowser(table: ByBrowser, { browser }: Device): string {
  return table[browser] ?? table.other;
}

function bySystem(table: BySystem, { system }: Device): string {
  return table[system] ?? table.other;
}
