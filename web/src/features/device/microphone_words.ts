// What can go wrong with a microphone, each in its own words, with the next step for this very device. Pure: the one table of these words.
import { errorName, type MicrophoneQuality, type Processing } from '../../audio/capture/microphone.js';
import type { Device } from './device.js';
import { inAppWords } from './in_app.js';
import { freeWay, permissionWay, rateWay, plugWay, systemPermissionWay, unmuteWay } from './ways.js';
import { listText } from '../../i18n/format.js';
import { t } from '../../i18n/words.js';

/**
 * refused: the browser does not let this page have it; unanswered: the question was put away; system: the browser itself may not have it; none: there is
 * none; busy: it does not answer, most often since another program has it; rate: the browser cannot bring it to the rate of
 * this page's sound (Firefox).
 */
export type OpeningFailure = 'refused' | 'unanswered' | 'system' | 'none' | 'busy' | 'rate' | 'other';

/** As browsers tell it; null: not told. */
export type Permission = PermissionState | null;

/** Why a microphone did not open, from the browser's error and what it says of the permission then. */
export function openingFailure(error: unknown, permission: Permission): OpeningFailure {
  switch (errorName(error)) {
    case 'NotAllowedError': {
      const said = error instanceof Error ? error.message : '';
      if (/system/i.test(said) || permission === 'granted') return 'system';
      return /dismissed/i.test(said) || permission === 'prompt' ? 'unanswered' : 'refused';
    }
    case 'SecurityError':
      return 'refused';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    case 'NotSupportedError':
      return 'rate';
    default:
      return 'other';
  }
}

const again = (): string => t.device.thenTryAgainOrChoose;

export function openingWords(failure: OpeningFailure, device: Device): string {
  const inApp = inAppWords(device);
  if (inApp && failure !== 'none' && failure !== 'busy' && failure !== 'rate')
    return t.device.doesNotGiveTheMicrophone({ capital: capital(inApp.where), way: inApp.way });
  switch (failure) {
    case 'refused':
      return t.device.theBrowserDoesNotLet({ permissionWay: permissionWay(device), again: again() });
    case 'unanswered':
      return t.device.theMicrophoneWasNotAllowed({ lower: lower(permissionWay(device)) });
    case 'system':
      return t.device.yourDeviceDoesNotLet({ systemPermissionWay: systemPermissionWay(device), again: again() });
    case 'none':
      return t.device.noMicrophoneWasFound({ plugWay: plugWay(device), again: again() });
    case 'busy':
      return t.device.theMicrophoneIsThereBut({ freeWay: freeWay(device), again: again() });
    case 'rate':
      return t.device.theMicrophoneCouldNotBe({ rateWay: rateWay(device), again: again() });
    case 'other':
      return t.device.theMicrophoneCouldNotBe2;
  }
}

/** To be read behind “your microphone”. */
export function mutedWords(device: Device): string {
  return t.device.isMutedOutsideOfThis({ unmuteWay: unmuteWay(device) });
}

/** To be read behind “nothing”. */
export function silentWords(device: Device): string {
  return t.device.comesFromYourMicrophoneIs({ unmuteWay: unmuteWay(device) });
}

/** Bluetooth headsets have 8 or 16 kHz as soon as their microphone is used; 24 kHz some newer ones. */
const TELEPHONE_BELOW_HZ = 32_000;

function processingName(processing: Processing): string {
  return { echoCancellation: t.device.echoCancellation, noiseSuppression: t.device.noiseSuppression, autoGainControl: t.device.automaticLevel }[
    processing
  ];
}

/** Null: nothing spoils it. */
export function qualityWords({ rateHz, stillOn }: MicrophoneQuality, device: Device): string | null {
  if (rateHz > 0 && rateHz < TELEPHONE_BELOW_HZ) {
    const own = device.system === 'android' || device.system === 'ios' ? t.device.thePhonesOwn : t.device.theComputersOwn;
    return t.device.thisMicrophoneSoundsLikeA({ round: Math.round(rateHz / 1000), own });
  }
  if (stillOn.length === 0) return null;
  const list = listText(stillOn.map((one) => processingName(one)));
  return t.device.yourDeviceWorksOnYour({ list, way: PROCESSING_OFF()[device.system] ?? PROCESSING_OFF_ELSEWHERE() });
}

const PROCESSING_OFF = (): Partial<Record<Device['system'], string>> => ({
  windows: t.device.inTheSettingsOfWindows3,
  macos: t.device.inTheMenuBarOpen,
  ios: t.device.openTheControlCentreMic,
});
const PROCESSING_OFF_ELSEWHERE = () => t.device.anotherMicrophoneBestOnA;

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
