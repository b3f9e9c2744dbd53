// The microphone: asked for raw (no echo cancellation, noise suppression or gain control: they would cut into singing), and sentences for
// what can go wrong.

export interface Microphone {
  stream: MediaStream;
  deviceId: string | null;
  label: string;
  /** As the browser reports it, in seconds; 0 where it does not. */
  latencyS: number;
  /** Called when it is unplugged or taken away. */
  onEnded(call: () => void): void;
  close(): void;
}

export interface MicrophoneChoice {
  id: string;
  label: string;
}

/** Settings that browsers report beyond TypeScript's library. */
interface ReportedSettings extends MediaTrackSettings {
  latency?: number;
}

export async function openMicrophone(deviceId: string | null): Promise<Microphone> {
  const audio: MediaTrackConstraints = {
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: false,
    ...(deviceId === null ? {} : { deviceId: { ideal: deviceId } }),
  };
  const stream = await navigator.mediaDevices.getUserMedia({ audio, video: false });
  const track = stream.getAudioTracks()[0] as MediaStreamTrack;
  const settings: ReportedSettings = track.getSettings();
  return {
    stream,
    deviceId: settings.deviceId ?? null,
    label: track.label,
    latencyS: settings.latency ?? 0,
    onEnded: (call) => track.addEventListener('ended', call),
    close: () => stream.getTracks().forEach((one) => one.stop()),
  };
}

/** Names are empty until the microphone was allowed once. */
export async function listMicrophones(): Promise<MicrophoneChoice[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices
    .filter((device) => device.kind === 'audioinput')
    .map((device, i) => ({ id: device.deviceId, label: device.label || `Microphone ${i + 1}` }));
}

/** What to tell a singer whose microphone did not open; `name` is the error's. */
export function microphoneSentence(name: string): string {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'The browser does not let this page use the microphone. Press the small microphone or lock beside the address, allow it, then try again.';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'No microphone was found. Plug one in, then try again; or come in to listen.';
    case 'NotReadableError':
    case 'AbortError':
      return 'The microphone is there but does not answer. Close other programs that use it (calls, recorders), then try again.';
    default:
      return 'The microphone could not be opened. Unplug it and plug it in again, then try again; or come in to listen.';
  }
}
