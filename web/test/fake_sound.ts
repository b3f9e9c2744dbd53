// A browser's sound, for tests without a browser: devices, audio contexts, nodes and the codec worker, all of which can fail when told to.
import type { EngineEvents } from '../src/audio/engine/engine.js';
import type { EngineParts } from '../src/audio/engine/engine_parts.js';
import type { WorkletOptions } from '../src/audio/shared/shared_sound.js';
import type { FromWorker, ToWorker } from '../src/audio/engine/worker_messages.js';

export class FakeTrack extends EventTarget {
  readyState: 'live' | 'ended' = 'live';
  muted = false;
  /** What the browser makes of what was asked for. */
  settings: MediaTrackSettings = {};

  constructor(
    readonly id: string,
    readonly label: string,
  ) {
    super();
  }

  stop(): void {
    this.readyState = 'ended';
  }

  getSettings(): MediaTrackSettings {
    return { deviceId: this.id, ...this.settings };
  }

  /** As when it is unplugged. */
  end(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }

  mute(muted: boolean): void {
    this.muted = muted;
    this.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
  }
}

/** An error of the browser's, by its name. */
export function named(name: string): Error {
  return Object.assign(new Error(name), { name });
}

export class FakeDevices extends EventTarget {
  /** The first one is the default. */
  plugged: [id: string, label: string][] = [
    ['built-in', 'Built-in'],
    ['usb', 'USB'],
    ['headset', 'Headset'],
  ];
  /** Plugged in, but they do not answer. */
  busy = new Set<string>();
  refused = false;
  /** Empty: not told. */
  loudspeaker = '';
  readonly settings = new Map<string, MediaTrackSettings>();
  readonly tracks: FakeTrack[] = [];
  /** What was asked for, in order: an id, or null for the default. */
  readonly asked: (string | null)[] = [];
  /** Called before a microphone is handed out. */
  wait: () => Promise<void> = () => Promise.resolve();

  async getUserMedia(wish?: MediaStreamConstraints): Promise<MediaStream> {
    const { deviceId } = wish?.audio as { deviceId?: { exact?: string; ideal?: string } };
    this.asked.push(deviceId?.exact ?? null);
    await this.wait();
    if (this.refused) throw named('NotAllowedError');
    // As Chromium does: a mere wish is ignored.
    const found = deviceId?.exact === undefined ? this.plugged[0] : this.plugged.find(([id]) => id === deviceId.exact);
    if (!found) throw named(deviceId?.exact === undefined ? 'NotFoundError' : 'OverconstrainedError');
    if (this.busy.has(found[0])) throw named('NotReadableError');
    const track = new FakeTrack(...found);
    track.settings = this.settings.get(found[0]) ?? {};
    this.tracks.push(track);
    return { getAudioTracks: () => [track], getTracks: () => [track] } as unknown as MediaStream;
  }

  enumerateDevices(): Promise<MediaDeviceInfo[]> {
    const inputs = this.plugged.map(([deviceId, label]) => ({ kind: 'audioinput', deviceId, label }));
    const outputs = this.loudspeaker === '' ? [] : [{ kind: 'audiooutput', deviceId: 'default', label: this.loudspeaker }];
    return Promise.resolve([...inputs, ...outputs] as MediaDeviceInfo[]);
  }

  plug(...plugged: [string, string][]): void {
    this.plugged = plugged;
    this.dispatchEvent(new Event('devicechange'));
  }

  /** The ids of what is live. */
  get live(): string[] {
    return this.tracks.filter((track) => track.readyState === 'live').map((track) => track.id);
  }
}

export class FakeContext extends EventTarget {
  state: string = 'running';
  sampleRate = 48_000;
  outputLatency = 0.02;
  baseLatency = 0.01;
  onstatechange: (() => void) | null = null;
  destination = {};
  readonly connected: MediaStream[] = [];
  /** As after a call on a phone: pressing does not help until it is over. */
  stubborn = false;
  sourceFails = false;

  change(state: string): void {
    this.state = state;
    this.onstatechange?.();
  }

  resume(): Promise<void> {
    if (this.state === 'closed') return Promise.reject(named('InvalidStateError'));
    if (!this.stubborn) this.change('running');
    return Promise.resolve();
  }

  close(): Promise<void> {
    if (this.state === 'closed') return Promise.reject(named('InvalidStateError'));
    this.change('closed');
    return Promise.resolve();
  }

  createMediaStreamSource(stream: MediaStream): unknown {
    if (this.sourceFails) throw named('NotSupportedError');
    return {
      connect: () => this.connected.push(stream),
      disconnect: () => this.connected.splice(this.connected.indexOf(stream), 1),
    };
  }
}

export class FakeNode {
  onprocessorerror: (() => void) | null = null;
  constructor(readonly options: WorkletOptions) {}
  connect(): void {}
  disconnect(): void {}
}

/** Says that it is ready, and answers what is asked. */
export class FakeWorker {
  onmessage: ((event: { data: FromWorker }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  ended = false;
  readonly told: ToWorker[] = [];

  constructor(private readonly loads: boolean) {}

  postMessage(message: ToWorker): void {
    this.told.push(message);
    queueMicrotask(() => {
      if (message.kind === 'start' && this.loads) this.onmessage?.({ data: { kind: 'ready', canEncode: true } });
      else if (message.kind === 'start') this.onerror?.({ message: '404' });
      else if (message.kind === 'sound') this.onmessage?.({ data: { kind: 'done', id: message.id } });
    });
  }

  terminate(): void {
    this.ended = true;
  }

  /** What was told last of the microphone, and of the context. */
  get microphone(): boolean | undefined {
    return this.told.findLast((message) => message.kind === 'microphone')?.connected;
  }
  get running(): boolean {
    return this.told.findLast((message) => message.kind === 'sound')?.running ?? true;
  }
}

export class FakeSound {
  readonly devices = new FakeDevices();
  readonly contexts: FakeContext[] = [];
  readonly nodes: FakeNode[] = [];
  readonly workers: FakeWorker[] = [];
  /** What goes wrong from now on. */
  contextFails = false;
  worklet: 'loads' | 'fails' | 'hangs' | 'unknown' = 'loads';
  workerLoads = true;
  firstState = 'running';

  readonly parts: EngineParts = {
    context: () => {
      if (this.contextFails) throw named('NotSupportedError');
      const context = new FakeContext();
      context.state = this.firstState;
      this.contexts.push(context);
      return context as unknown as AudioContext;
    },
    load: () => {
      if (this.worklet === 'fails') return Promise.reject(named('AbortError'));
      return this.worklet === 'hangs' ? new Promise(() => undefined) : Promise.resolve();
    },
    node: (_, options) => {
      if (this.worklet === 'unknown') throw named('InvalidStateError');
      const node = new FakeNode(options);
      this.nodes.push(node);
      return node as unknown as AudioWorkletNode;
    },
    worker: () => {
      const worker = new FakeWorker(this.workerLoads);
      this.workers.push(worker);
      return worker as unknown as Worker;
    },
    pressed: () => true,
    devices: this.devices as unknown as EngineParts['devices'],
    socket: 'ws://localhost/ws',
  };

  get context(): FakeContext {
    return this.contexts.at(-1) as FakeContext;
  }
  get node(): FakeNode {
    return this.nodes.at(-1) as FakeNode;
  }
  get worker(): FakeWorker {
    return this.workers.at(-1) as FakeWorker;
  }
  /** Contexts that still cost something. */
  get open(): number {
    return this.contexts.filter((context) => context.state !== 'closed').length;
  }
}

/** Notes what the engine tells of its sound and microphone. */
export function notes(): { told: string[]; events: EngineEvents } {
  const told: string[] = [];
  const nothing = (): void => undefined;
  const events: EngineEvents = {
    connection: nothing,
    message: nothing,
    clock: nothing,
    microphoneLost: () => void told.push('microphone lost'),
    microphoneMuted: (muted) => void told.push(muted ? 'microphone muted' : 'microphone not muted'),
    sound: (run) => void told.push(run),
    loudspeaker: (verdict) => void told.push(`loudspeaker ${verdict.kind}`),
    failed: (message) => void told.push(`failed: ${message}`),
  };
  return { told, events };
}
