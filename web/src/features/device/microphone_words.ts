// What can go wrong with a microphone, each in its own words, with the next step for this very device. Pure: the one table of these words.
import { errorName, type MicrophoneQuality, type Processing } from '../../audio/capture/microphone.js';
import type { Device } from './device.js';
import { inAppWords } from './in_app.js';
import { freeWay, permissionWay, rateWay, plugWay, systemPermissionWay, unmuteWay } from './ways.js';

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

const AGAIN = 'Then try again, or choose “Just listen”.';

export function openingWords(failure: OpeningFailure, device: Device): string {
  const inApp = inAppWords(device);
  if (inApp && failure !== 'none' && failure !== 'busy' && failure !== 'rate')
    return `${capital(inApp.where)} does not give the microphone to this page. ${inApp.way} Or choose “Just listen”.`;
  switch (failure) {
    case 'refused':
      return `The browser does not let this page use the microphone. ${permissionWay(device)} ${AGAIN}`;
    case 'unanswered':
      return `The microphone was not allowed this time. Try again, and press “Allow” when your browser asks. If it does not ask: ${lower(permissionWay(device))}`;
    case 'system':
      return `Your device does not let this browser use the microphone. ${systemPermissionWay(device)} ${AGAIN}`;
    case 'none':
      return `No microphone was found. ${plugWay(device)} ${AGAIN}`;
    case 'busy':
      return `The microphone is there but does not answer. ${freeWay(device)} ${AGAIN}`;
    case 'rate':
      return `The microphone could not be opened: this browser cannot use it at its rate. ${rateWay(device)} ${AGAIN}`;
    case 'other':
      return 'The microphone could not be opened. Unplug it and plug it in again, or load this page anew; or choose “Just listen”.';
  }
}

/** To be read behind “your microphone”. */
export function mutedWords(device: Device): string {
  return `is muted outside of this page. ${unmuteWay(device)}`;
}

/** To be read behind “nothing”. */
export function silentWords(device: Device): string {
  return `comes from your microphone. Is it plugged in? ${unmuteWay(device)}`;
}

/** Bluetooth headsets have 8 or 16 kHz as soon as their microphone is used; 24 kHz some newer ones. */
const TELEPHONE_BELOW_HZ = 32_000;

const PROCESSING_NAMES: Record<Processing, string> = {
  echoCancellation: 'echo cancellation',
  noiseSuppression: 'noise suppression',
  autoGainControl: 'automatic level',
};

/** Null: nothing spoils it. */
export function qualityWords({ rateHz, stillOn }: MicrophoneQuality, device: Device): string | null {
  if (rateHz > 0 && rateHz < TELEPHONE_BELOW_HZ) {
    const own = device.system === 'android' || device.system === 'ios' ? 'the phone’s own' : 'the computer’s own';
    return `This microphone sounds like a telephone (${Math.round(rateHz / 1000)} kHz): Bluetooth headsets do, as soon as their microphone is used. Choose another microphone (${own}, or one on a cable), best with headphones on a cable.`;
  }
  if (stillOn.length === 0) return null;
  const names = stillOn.map((one) => PROCESSING_NAMES[one]);
  const list = names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `Your device works on your voice though this page asked it not to (${list}): long notes may be swallowed. ${PROCESSING_OFF[device.system] ?? PROCESSING_OFF_ELSEWHERE}`;
}

const PROCESSING_OFF: Partial<Record<Device['system'], string>> = {
  windows: 'In the settings of Windows, open “System”, “Sound”, your microphone, and switch “Audio enhancements” off.',
  macos: 'In the menu bar, open the Control Centre, “Mic Mode”, and choose “Standard”; or take another microphone.',
  ios: 'Open the Control Centre, “Mic Mode”, and choose “Standard”; or use headphones with a microphone on a cable.',
};
const PROCESSING_OFF_ELSEWHERE = 'Another microphone, best on a cable, may help.';

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
