// The microphone: asked for raw (no echo cancellation, noise suppression or gain control: they would cut into singing) and with both of its
// channels (downmix.ts makes one voice of them). What the browser makes of that is read back.

export interface MicrophoneChoice {
  id: string;
  label: string;
}

/** What may work on a voice. */
export const PROCESSING = ['echoCancellation', 'noiseSuppression', 'autoGainControl'] as const;
export type Processing = (typeof PROCESSING)[number];

export interface MicrophoneQuality {
  /** 0 where it is not told. */
  rateHz: number;
  /** What works on the voice, though it was switched off. */
  stillOn: readonly Processing[];
}

export interface Microphone extends MicrophoneChoice {
  stream: MediaStream;
  quality: MicrophoneQuality;
  /** As the browser reports it, in seconds; 0 where it does not. */
  latencyS: number;
  /** By the system, a key on it, or a call: nothing comes from it. */
  readonly muted: boolean;
  /** Called when it is unplugged or taken away. */
  onEnded(call: () => void): void;
  onMuted(call: () => void): void;
  close(): void;
}

/** Why another one than the one wished for was opened. */
export type Instead = 'absent' | 'busy';

export interface Opened {
  microphone: Microphone;
  /** Null: it is the one wished for. */
  instead: Instead | null;
}

/** The browser's devices, as far as they are used here. */
export type Devices = Pick<MediaDevices, 'getUserMedia' | 'enumerateDevices'>;

/** Settings that browsers report beyond TypeScript's library. */
interface ReportedSettings extends MediaTrackSettings {
  latency?: number;
}

/**
 * Opens the wished-for microphone, or (null) the one that the browser proposes. Where the wished-for one is not there or does not answer: another one,
 * unless `strict`. Rejects with the browser's error; nothing is left open then.
 */
export async function openMicrophone(devices: Devices, wish: MicrophoneChoice | null, strict: boolean): Promise<Opened> {
  if (wish === null) return { microphone: await open(devices, null), instead: null };
  try {
    return { microphone: await open(devices, wish.id), instead: null };
  } catch (error) {
    const instead = insteadAfter(error);
    if (instead === null || strict) throw error;
    // The same one under another id: browsers change them, with the cookies for example.
    const twin = instead === 'absent' ? await findByLabel(devices, wish) : null;
    if (twin) return { microphone: await open(devices, twin.id), instead: null };
    return { microphone: await open(devices, null), instead };
  }
}

async function open(devices: Devices, deviceId: string | null): Promise<Microphone> {
  const audio: MediaTrackConstraints = {
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: false,
    channelCount: { ideal: 2 },
    // As a mere wish it is ignored by Chromium, which gives its default.
    ...(deviceId === null ? {} : { deviceId: { exact: deviceId } }),
  };
  const stream = await devices.getUserMedia({ audio, video: false });
  const close = (): void => stream.getTracks().forEach((one) => one.stop());
  const track = stream.getAudioTracks()[0];
  if (!track || track.readyState === 'ended') {
    close();
    throw new DOMException('The microphone ended at once', 'NotReadableError');
  }
  const settings: ReportedSettings = track.getSettings();
  return {
    stream,
    id: settings.deviceId ?? deviceId ?? '',
    label: track.label,
    latencyS: settings.latency ?? 0,
    // Newer browsers name the kind of echo cancellation instead of saying yes.
    quality: { rateHz: settings.sampleRate ?? 0, stillOn: PROCESSING.filter((one) => Boolean(settings[one])) },
    get muted() {
      return track.muted;
    },
    onEnded: (call) => track.addEventListener('ended', call),
    onMuted: (call) => {
      track.addEventListener('mute', call);
      track.addEventListener('unmute', call);
    },
    close,
  };
}

function insteadAfter(error: unknown): Instead | null {
  switch (errorName(error)) {
    case 'OverconstrainedError':
    case 'NotFoundError':
      return 'absent';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return null;
  }
}

/** Null where there is none, or where names are not told. */
async function findByLabel(devices: Devices, wish: MicrophoneChoice): Promise<MicrophoneChoice | null> {
  if (wish.label === '') return null;
  const found = await listMicrophones(devices).catch(() => []);
  return found.find((choice) => choice.label === wish.label && choice.id !== wish.id) ?? null;
}

/** Names are empty until the microphone was allowed once. */
export async function listMicrophones(devices: Devices): Promise<MicrophoneChoice[]> {
  const found = await devices.enumerateDevices();
  return found.filter((device) => device.kind === 'audioinput').map(({ deviceId, label }) => ({ id: deviceId, label }));
}

/** The name of the loudspeaker that sound comes from; empty where the browser does not tell. */
export async function loudspeakerName(devices: Devices): Promise<string> {
  const found = (await devices.enumerateDevices()).filter((device) => device.kind === 'audiooutput');
  return (found.find((device) => device.deviceId === 'default') ?? found[0])?.label ?? '';
}

/** Chromium's OverconstrainedError is no DOMException. */
export function errorName(error: unknown): string {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';
}
