// What the client needs of a browser, in plain words. Pure: the browser's globals are handed in.

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

const NEWER = 'Use a current Chrome or Edge, on a computer or an Android phone.';

/** What is missing for anyone to take part, even as a listener. */
export function missingForAll(needs: Needs): Missing[] {
  const missing: Missing[] = [];
  const add = (ok: boolean, what: string, technical: string, todo: string): void => {
    if (!ok) missing.push({ what, technical, todo });
  };
  const open = 'Open the page with an address that begins with https:// (or on this computer, with http://localhost).';
  add(needs.secure, 'a safe connection to this page', 'secure context', open);
  if (needs.secure) {
    const reload = 'Reload the page. If that does not help, use a current Chrome or Edge, without extensions that change pages.';
    add(needs.isolated && needs.sharedMemory, 'memory that the parts of the page may share', 'SharedArrayBuffer', reload);
    add(needs.worklet, 'sound that is worked on without a break', 'AudioWorklet', NEWER);
    add(needs.decoder, 'unpacking sound from the network', 'WebCodecs AudioDecoder with Opus', NEWER);
  }
  return missing;
}

/** What is missing for singing only. */
export function missingForSinging(needs: Needs): Missing[] {
  const missing: Missing[] = [];
  if (!needs.encoder) missing.push({ what: 'packing your voice for the network', technical: 'WebCodecs AudioEncoder with Opus', todo: NEWER });
  if (!needs.microphone) missing.push({ what: 'the use of a microphone', technical: 'getUserMedia', todo: NEWER });
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
