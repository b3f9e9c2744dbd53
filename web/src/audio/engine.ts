// The sound engine, as the page sees it: audio context, worklet, codec worker, microphone and volumes. Runs on the main thread, which no sample
// ever passes.
import type { Command, Hello, ServerMessage } from '../wire/control.js';
import type { ConnectionState } from '../net/connection.js';
import { SAMPLE_RATE } from './constants.js';
import type { BlockTrace } from './loop_trace.js';
import { openMicrophone, type Microphone } from './microphone.js';
import type { Recording } from './recorder.js';
import { createSharedSound, type SharedSound } from './shared_sound.js';
import { SoundState } from './sound_state.js';
import type { FromWorker, Recorded, ToWorker, WorkerStats } from './worker_messages.js';

/** Frames by which the reported round trip may wander before the worker is told: 10 ms. */
const SMALL_DRIFT = 480;

export interface EngineEvents {
  connection(connection: ConnectionState): void;
  message(message: ServerMessage): void;
  /** The server's now was `position` at `atMs` (epoch). */
  clock(position: number, atMs: number): void;
  /** The microphone was unplugged or taken away. */
  microphoneLost(): void;
  /** The audio context runs, or waits for somebody to click. */
  running(running: boolean): void;
  failed(message: string): void;
}

/** The sound card's round trip and what it is made of, in ms. */
export interface RoundTrip {
  outputMs: number;
  baseMs: number;
  inputMs: number;
  correctionMs: number;
  totalMs: number;
}

export class Engine {
  readonly state: SoundState;
  private microphone: Microphone | null = null;
  private source: MediaStreamAudioSourceNode | null = null;
  private correctionMs = 0;
  private tellTimer: ReturnType<typeof setInterval> | null = null;
  private toldFrames = -1;
  private toldCorrection = 0;
  private toldConnected: boolean | null = null;
  private nextId = 1;
  private readonly answers = new Map<number, (message: FromWorker) => void>();

  private constructor(
    readonly context: AudioContext,
    private readonly node: AudioWorkletNode,
    private readonly worker: Worker,
    shared: SharedSound,
    private readonly events: EngineEvents,
  ) {
    this.state = new SoundState(shared.state);
    this.state.setVolumes(1, 1);
    worker.onmessage = (event: MessageEvent<FromWorker>) => this.take(event.data);
    worker.onerror = (event) => events.failed(event.message);
    context.onstatechange = () => events.running(context.state === 'running');
    events.running(context.state === 'running');
    this.tellTimer = setInterval(() => this.tellMicrophone(), 1_000);
  }

  /** Best called from a click: otherwise the browser keeps the sound back until there is one (see resume). */
  static async start(events: EngineEvents): Promise<Engine> {
    const context = new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: 'interactive' });
    await context.audioWorklet.addModule(WORKLET_URL);
    const shared = createSharedSound();
    const node = new AudioWorkletNode(context, 'roundelay-duplex', {
      numberOfInputs: 1,
      numberOfOutputs: 1,
      outputChannelCount: [2],
      processorOptions: shared,
    });
    node.connect(context.destination);
    const worker = new Worker(WORKER_URL);
    const engine = new Engine(context, node, worker, shared, events);
    const protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    engine.tell({ kind: 'start', shared, url: `${protocol}//${location.host}/ws` });
    return engine;
  }

  resume(): void {
    void this.context.resume();
  }

  enter(hello: Hello): void {
    this.tellMicrophone();
    this.tell({ kind: 'enter', hello });
  }

  command(command: Command): void {
    this.tell({ kind: 'command', command });
  }

  hurry(): void {
    this.tell({ kind: 'hurry' });
  }

  leave(): void {
    this.tell({ kind: 'leave' });
    this.closeMicrophone();
  }

  /** Ends everything. */
  async close(): Promise<void> {
    if (this.tellTimer !== null) clearInterval(this.tellTimer);
    this.tellTimer = null;
    this.closeMicrophone();
    this.worker.terminate();
    this.node.disconnect();
    await this.context.close();
  }

  /** Rejects with the browser's error; the microphone before stays then. */
  async useMicrophone(deviceId: string | null): Promise<Microphone> {
    const microphone = await openMicrophone(deviceId);
    const source = this.context.createMediaStreamSource(microphone.stream);
    this.closeMicrophone();
    source.connect(this.node);
    this.microphone = microphone;
    this.source = source;
    microphone.onEnded(() => {
      if (this.microphone !== microphone) return;
      this.closeMicrophone();
      this.events.microphoneLost();
    });
    this.tellMicrophone();
    return microphone;
  }

  closeMicrophone(): void {
    this.source?.disconnect();
    this.microphone?.close();
    this.source = null;
    this.microphone = null;
    this.tellMicrophone();
  }

  get hasMicrophone(): boolean {
    return this.microphone !== null;
  }

  /** By hand, in ms: added to what the browser reports. */
  setCorrection(ms: number): void {
    this.correctionMs = ms;
    this.tellMicrophone();
  }

  roundTrip(): RoundTrip {
    const outputMs = (this.context.outputLatency || 0) * 1000;
    const baseMs = (this.context.baseLatency || 0) * 1000;
    const inputMs = (this.microphone?.latencyS ?? 0) * 1000;
    const { correctionMs } = this;
    return { outputMs, baseMs, inputMs, correctionMs, totalMs: Math.max(0, outputMs + baseMs + inputMs + correctionMs) };
  }

  /** Factors: of the backing, and of everything. */
  setVolumes(backing: number, master: number): void {
    this.state.setVolumes(backing, master);
  }

  startRecording(what: Recorded): void {
    this.tell({ kind: 'record', what });
  }

  async stopRecording(what: Recorded): Promise<Recording> {
    const answer = await this.ask((id) => ({ kind: 'stop_record', id, what }));
    if (answer.kind !== 'recording') throw new Error('no recording');
    const { left, right, marks } = answer;
    return { left, right, marks };
  }

  async stats(): Promise<WorkerStats> {
    const answer = await this.ask((id) => ({ kind: 'stats', id }));
    if (answer.kind !== 'stats') throw new Error('no stats');
    return answer.stats;
  }

  /** The way of the last blocks through this client; times in ms since the epoch. */
  async trace(): Promise<BlockTrace[]> {
    const answer = await this.ask((id) => ({ kind: 'trace', id }));
    if (answer.kind !== 'trace') throw new Error('no trace');
    const { originMs } = answer;
    const shift = (block: BlockTrace): BlockTrace => {
      const times = Object.entries(block).map(([name, value]) => [name, name === 'position' ? value : (value as number) + originMs]);
      return Object.fromEntries(times) as BlockTrace;
    };
    return answer.blocks.map(shift);
  }

  private ask(question: (id: number) => ToWorker): Promise<FromWorker> {
    const id = this.nextId++;
    return new Promise((resolve) => {
      this.answers.set(id, resolve);
      this.tell(question(id));
    });
  }

  private tell(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  /** The round trip moves the grid of what is sung: small drifts of what the browser reports are not worth a seam. */
  private tellMicrophone(): void {
    const frames = Math.round((this.roundTrip().totalMs * SAMPLE_RATE) / 1000);
    const connected = this.microphone !== null;
    const moved = Math.abs(frames - this.toldFrames);
    if (connected === this.toldConnected && (moved === 0 || (moved < SMALL_DRIFT && this.toldCorrection === this.correctionMs))) return;
    this.toldFrames = frames;
    this.toldConnected = connected;
    this.toldCorrection = this.correctionMs;
    this.tell({ kind: 'microphone', connected, roundTripFrames: frames });
  }

  private take(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        return;
      case 'connection':
        return this.events.connection(message.connection);
      case 'message':
        return this.events.message(message.message);
      case 'clock':
        return this.events.clock(message.position, message.atMs);
      case 'failed':
        return this.events.failed(message.message);
      case 'recording':
      case 'stats':
      case 'trace':
        this.answers.get(message.id)?.(message);
        this.answers.delete(message.id);
    }
  }
}
