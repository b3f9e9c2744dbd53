// What the client needs of a browser, in plain words. Pure, but for askBrowser.
import type { Device } from '../device/device.js';
import { betterBrowser } from '../device/ways.js';
import { t } from '../../i18n/words.js';

export interface Needs {
  secure: boolean;
  isolated: boolean;
  sharedMemory: boolean;
  worklet: boolean;
  decoder: boolean;
  encoder: boolean;
  microphone: boolean;
}

export interface Missing {
  /** In the words of a singer. */
  what: string;
  /** The name by which the browser's makers know it. */
  technical: string;
  todo: string;
}

/** What is missing for anyone to take part, even as a listener. */
export function missingForAll(needs: Needs, device: Device): Missing[] {
  const missing: Missing[] = [];
  const add = (ok: boolean, what: string, technical: string, todo: string): void => {
    if (!ok) missing.push({ what, technical, todo });
  };
  const open = t.door.openThePageWithAn;
  add(needs.secure, t.door.aSafeConnectionToThis, 'secure context', open);
  if (needs.secure) {
    const reload = t.door.reloadThePageIfThat({ betterBrowser: betterBrowser(device) });
    const newer = betterBrowser(device);
    add(needs.isolated && needs.sharedMemory, t.door.memoryThatThePartsOf, t.door.sharedarraybuffer, reload);
    add(needs.worklet, t.door.soundThatIsWorkedOn, t.door.audioworklet, newer);
    add(needs.decoder, t.door.unpackingSoundFromTheNetwork, t.door.webcodecsAudiodecoderWithOpus, newer);
  }
  return missing;
}

/** What is missing for singing only. */
export function missingForSinging(needs: Needs, device: Device): Missing[] {
  const missing: Missing[] = [];
  const todo = betterBrowser(device);
  if (!needs.encoder) missing.push({ what: t.door.packingYourVoiceForThe, technical: t.door.webcodecsAudioencoderWithOpus, todo });
  if (!needs.microphone) missing.push({ what: t.door.theUseOfAMicrophone, technical: 'getUserMedia', todo });
  return missing;
}

/** Asks the browser. Codecs are only believed when they say that they know Opus. */
export async function askBrowser(): Promise<Needs> {
  const opus = { codec: 'opus', sampleRate: 48_000, numberOfChannels: 2 };
  return {
    secure: window.isSecureContext,
    isolated: window.crossOriginIsolated,
    sharedMemory: typeof SharedArrayBuffer !== 'undefined',
    worklet: typeof AudioWorkletNode !== 'undefined',
    decoder: typeof AudioDecoder !== 'undefined' && (await supported(() => AudioDecoder.isConfigSupported(opus))),
    encoder: typeof AudioEncoder !== 'undefined' && (await supported(() => AudioEncoder.isConfigSupported({ ...opus, numberOfChannels: 1 }))),
    microphone: typeof navigator.mediaDevices?.getUserMedia === 'function',
  };
}

async function supported(ask: () => Promise<{ supported?: boolean }>): Promise<boolean> {
  try {
    return (await ask()).supported === true;
  } catch {
    return false;
  }
}
