// Where on this very device something is set, as sentences that say what to press. One table for each thing. Pure.
import { browserName, type Browser, type Device, type System } from './device.js';

type ByBrowser = Partial<Record<Browser, string>> & { other: string };
type BySystem = Partial<Record<System, string>> & { other: string };

const DESKTOP_PERMISSION: ByBrowser = {
  chrome: 'Press the sign left of the address (two sliders, or a lock) and switch “Microphone” on.',
  edge: 'Press the lock left of the address and set “Microphone” to “Allow”.',
  opera: 'Press the lock left of the address and set “Microphone” to “Allow”.',
  firefox: 'Press the crossed-out microphone (or the lock) left of the address and take the block away with its ×.',
  safari: 'Choose “Settings for this website” in the menu “Safari”, and set “Microphone” to “Allow”.',
  other: 'Press the small lock or microphone beside the address and allow the microphone.',
};

const ANDROID_PERMISSION: ByBrowser = {
  chrome: 'Press the sign left of the address, then “Permissions”, and allow the microphone.',
  edge: 'Press the lock left of the address, then “Permissions”, and allow the microphone.',
  samsung: 'Press the lock in the address, then “Permissions”, and allow the microphone.',
  firefox: 'Press the lock or shield left of the address, then “Microphone”, until it is allowed.',
  other: 'Press the small lock beside the address, look for the permissions, and allow the microphone.',
};

const IOS_PERMISSION: ByBrowser = {
  safari:
    'Press the sign at the end of the address where the page’s menu is (“AA” or lines), then “…” if there is one and “Website Settings”, and set “Microphone” to “Allow”.',
  other: 'Load the page again, and allow the microphone when you are asked.',
};

/** Where the permission of this page for the microphone is given back. */
export function permissionWay(device: Device): string {
  if (device.system === 'ios') return byBrowser(IOS_PERMISSION, device);
  return byBrowser(device.system === 'android' ? ANDROID_PERMISSION : DESKTOP_PERMISSION, device);
}

/** Where the system lets a browser have the microphone, or not. */
export function systemPermissionWay(device: Device): string {
  const name = browserName(device);
  const way: BySystem = {
    windows:
      'In the settings of Windows, open “Privacy & security”, “Microphone”; switch on “Microphone access” and “Let desktop apps access your microphone”.',
    macos: `In the System Settings, open “Privacy & Security”, “Microphone”; switch ${name} on, then end ${name} and start it again.`,
    chromeos: 'In the settings, open “Privacy and security”, “Privacy controls”, and switch the microphone on.',
    android: `In the settings of the phone, open “Apps”, ${name}, “Permissions”, and allow the microphone; also look that “Mic access” is not off in the quick settings.`,
    ios: `In Settings, open “Apps”, then ${name === 'your browser' ? 'this browser' : name}, and switch “Microphone” on.`,
    linux: 'Look in the settings of your system under “Privacy”; a browser from Flatpak or Snap needs the permission for sound there.',
    other: 'Look in the privacy settings of your device whether this browser may use the microphone.',
  };
  return bySystem(way, device);
}

const UNMUTE: BySystem = {
  windows:
    'Press the key with the crossed-out microphone (often F4) or the switch on the headset; or look in the settings of Windows under “System”, “Sound”.',
  macos: 'Press the mute key of the headset; or open “Sound”, “Input” in the System Settings and raise the volume there.',
  linux: 'Press the key with the crossed-out microphone, or a switch on the headset; or look under “Sound”, “Input” in the settings.',
  chromeos: 'Press the key with the crossed-out microphone, or open the quick settings at the bottom right and switch the microphone on.',
  android: 'End a call if there is one; pull down the quick settings and look that “Mic access” is on.',
  ios: 'End a call if there is one, and close other apps that record or speak.',
  other: 'Look at the mute key or switch of the microphone, and in the sound settings of your device.',
};

/** Where a microphone is switched on that is muted outside of the page. */
export function unmuteWay(device: Device): string {
  return bySystem(UNMUTE, device);
}

const FREE: BySystem = {
  windows:
    'Close other programs that use it (calls, recorders), also in the row at the bottom right. If there is none, Windows may keep it back: look under “Privacy & security”, “Microphone”.',
  android: 'End calls, and close other apps that record or speak.',
  ios: 'End calls, and close other apps that record or speak.',
  other: 'Close other programs and pages that use it (calls, recorders).',
};

/** How a microphone gets free that something else uses. */
export function freeWay(device: Device): string {
  return bySystem(FREE, device);
}

const RATE: BySystem = {
  windows:
    'In the settings of Windows, open “System”, “Sound”, then your loudspeaker and your microphone, and choose a format of 48000 Hz for both; or use Chrome or Edge.',
  macos: 'Open the program “Audio MIDI Setup” and set loudspeaker and microphone to 48,000 Hz; or use Chrome or Edge.',
  linux: 'Set the sound of your system to 48000 Hz, or use Chrome or Chromium.',
  ios: 'Pull out the headset, or use another one.',
  other: 'Use another microphone, or Chrome.',
};

/** How a sound card comes to 48 kHz. */
export function rateWay(device: Device): string {
  return bySystem(RATE, device);
}

/** How a microphone comes to a device that has none. */
export function plugWay(device: Device): string {
  if (device.system === 'android' || device.system === 'ios') return 'Pull out the headset if there is one: the phone has a microphone of its own.';
  const hidden: Partial<Record<System, string>> = {
    windows: ' If it is plugged in: Windows may have it switched off, under “System”, “Sound”, “All sound devices”.',
    macos: ` If it is plugged in: the Mac may keep it back. ${systemPermissionWay(device)}`,
  };
  return `Plug one in.${hidden[device.system] ?? ''}`;
}

/** What else one might do on this device where its browser cannot do what is needed. */
export function betterBrowser(device: Device): string {
  switch (device.system) {
    case 'ios':
      return 'Another browser on this iPhone or iPad does not help: inside, they are all alike. Update its system to iOS 26 or newer (Settings, General, Software Update), or use a computer or an Android phone.';
    case 'macos':
      if (device.browser === 'safari') return 'Update macOS and with it Safari (26 or newer), or use Chrome, Edge or Firefox on this Mac.';
      return 'Use a current Chrome, Edge or Firefox on this Mac.';
    case 'android':
      return device.browser === 'chrome' || device.browser === 'edge'
        ? 'Update this browser in the Play Store, or use a computer.'
        : 'Use a current Chrome or Edge on this phone.';
    default:
      return 'Use a current Chrome, Edge or Firefox on this computer.';
  }
}

export function bestWith(device: Device): string {
  return device.system === 'ios' ? 'Best with headphones on a cable.' : 'Best with headphones on a cable, and in Chrome or Edge.';
}

function byBrowser(table: ByBrowser, { browser }: Device): string {
  return table[browser] ?? table.other;
}

function bySystem(table: BySystem, { system }: Device): string {
  return table[system] ?? table.other;
}
