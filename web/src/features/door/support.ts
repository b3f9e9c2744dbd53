// What the client needs of a browser, in plain words. Pure, but for askBrowser.
import type { Device } from '../device/device.js';
import { betterBrowser } from '../device/ways.js';

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
  const open = 'Open the page with an address that begins with https:// (or on this computer, with http://localhost).';
  add(needs.secure, 'a safe connection to this page', 'secure context', open);
  if (needs.secure) {
    const reload = `Reload the page. If that does not help: ${betterBrowser(device)}`;
    const newer = betterBrowser(device);
    add(needs.isolated && needs.sharedMemory, 'memory that the parts of the page may share', 'SharedArrayBuffer', reload);
    add(needs.worklet, 'sound that is worked on without a break', 'AudioWorklet', newer);
    add(needs.decoder, 'unpacking sound from the network', 'WebCodecs AudioDecoder with Opus', newer);
  }
  return missing;
}

/** What is missing for singing only. */
export function missingForSinging(needs: Needs, device: Device): Missing[] {
  const missing: Missing[] = [];
  const todo = betterBrowser(device);
  if (!needs.encoder) missing.push({ what: 'packing your voice for the network', technical: 'WebCodecs AudioEncoder with Opus', todo });
  if (!needs.microphone) missing.push({ what: 'the use of a microphone', technical: 'getUserMedia', todo });
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
