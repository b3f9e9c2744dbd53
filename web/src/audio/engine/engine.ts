// The sound engine, as the page sees it: audio context, worklet, codec worker, microphone and volumes. Runs on the main thread, which no sample
// ever passes. The codec worker with its connection lives as long as the engine; an audio context that ends is made anew (sound_graph.ts), with its
// microphone, and nothing else is touched: the server does not even learn of it.
import type { Command, Hello, ServerMessage } from '../../wire/control/control.js';
import type { ConnectionState } from '../../net/connection.js';
import { SAMPLE_RATE } from '../../units.js';
import { browserParts, type EngineParts } from './engine_parts.js';
import type { BlockTrace } from '../shared/loop_trace.js';
import { openMicrophone, type Microphone, type MicrophoneChoice, type Opened } from '../capture/microphone.js';
import type { Verdict } from '../shared/open_loudspeaker.js';
import type { Recording } from '../shared/recorder.js';
import { createSharedSound, type SharedSound } from '../shared/shared_sound.js';
import { GraphCount, SoundFault, SoundGraph, within } from './sound_graph.js';
import { SoundState } from '../shared/sound_state.js';
import type { FromWorker, Recorded, ToWorker, WorkerStats } from './worker_messages.js';

/** Frames by which the reported round trip may wander before the worker is told: 10 ms. */
const SMALL_DRIFT = 480;
/** Scripts that have not come by then do not come. */
const LOAD_MS = 15_000;
/** A sound card that counts no frames for so many looks, a second apart, though it is said to run, is made anew. */
const STILL_LOOKS = 4;
/** Waits before further tries to make the sound anew; then somebody has to press. */
const RETRIES_MS = [0, 500, 1_500, 4_000];
/** More than so many new audio contexts in a minute help nobody. */
const MOST_ANEW = 5;
/** A sound that has not ended so long after its time was not heard. */
const PLAY_LATE_MS = 2_000;
/** Somebody pressed: if the context does not run by then, another one may. */
const RESUME_MS = 5_000;

/** running; held: the browser waits for somebody to press; interrupted: something else has the sound card (a call); restarting: the sound ended and comes again; stopped: it could not, until one presses. */
export type SoundRun = 'running' | 'held' | 'interrupted' | 'restarting' | 'stopped';

export interface EngineEvents {
  connection(connection: ConnectionState): void;
  message(message: ServerMessage): void;
  /** The server's now was `position` at `atMs` (epoch). */
  clock(position: number, atMs: number): void;
  /** The microphone was unplugged or taken away, or cannot be taken over by a new audio context. */
  microphoneLost(): void;
  /** By the system or a key, or not any more. */
  microphoneMuted(muted: boolean): void;
  sound(run: SoundRun): void;
  /** Whether the microphone hears the loudspeaker: on every change, and once a second while it does. */
  loudspeaker(verdict: Verdict): void;
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
  /** The ring of what is played, for recording. */
  readonly played: SharedArrayBuffer;
  /** The ring of what the microphone gives, for measuring the round trip. */
  readonly captured: SharedArrayBuffer;
  private graph: SoundGraph | null = null;
  private run: SoundRun | null = null;
  private microphone: Microphone | null = null;
  /** Of the last asking for a microphone: what an earlier one brings is closed. */
  private asked = 0;
  private correctionMs = 0;
  private tellTimer: ReturnType<typeof setInterval> | null = null;
  private resumeTimer: ReturnType<typeof setTimeout> | null = null;
  private closed = false;
  private readonly count: GraphCount;
  private lastFrame = 0;
  private stillLooks = 0;
  private anewAtMs: number[] = [];
  private toldFrames = -1;
  private toldCorrection = 0;
  private toldConnected: boolean | null = null;
  private toldRunning = true;
  private nextId = 1;
  private readonly answers = new Map<number, (message: FromWorker) => void>();

  private constructor(
    private readonly parts: EngineParts,
    private readonly worker: Worker,
    private readonly shared: SharedSound,
    private readonly events: EngineEvents,
  ) {
    this.state = new SoundState(shared.state);
    this.played = shared.played;
    this.captured = shared.capture;
    this.state.setVolumes(1, 1);
    this.count = new GraphCount(this.state);
  }

  /** Best called from a click: otherwise the browser keeps the sound back until there is one (see resume). Rejects with a SoundFault. */
  static async start(events: EngineEvents, parts: EngineParts = browserParts()): Promise<Engine> {
    const engine = new Engine(parts, parts.worker(), createSharedSound(), events);
    // At once, not after the worker: the click counts for a short time only.
    const opening = SoundGraph.open(parts, engine.count.next(engine.shared), LOAD_MS);
    try {
      const [graph] = await Promise.all([opening, engine.startWorker()]);
      engine.take(graph);
    } catch (error) {
      void engine.close();
      opening.then((graph) => graph.close()).catch(() => undefined);
      throw error;
    }
    engine.tellTimer = setInterval(() => engine.look(), 1_000);
    return engine;
  }

  get context(): { state: string; sampleRate: number } {
    const context = this.graph?.context;
    return { state: context?.state ?? 'none', sampleRate: context?.sampleRate ?? 0 };
  }

  /** Somebody pressed something: the sound may go on. */
  resume(): void {
    if (this.run === 'stopped') return void this.anew();
    const graph = this.graph;
    if (!graph || graph.context.state === 'running') return;
    graph.context.resume().catch(() => undefined);
    this.resumeTimer ??= setTimeout(() => {
      this.resumeTimer = null;
      if (graph === this.graph && graph.context.state !== 'running' && this.parts.pressed()) void this.anew();
    }, RESUME_MS);
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
    this.closed = true;
    if (this.tellTimer !== null) clearInterval(this.tellTimer);
    if (this.resumeTimer !== null) clearTimeout(this.resumeTimer);
    this.closeMicrophone();
    this.worker.terminate();
    await this.graph?.close();
  }

  /**
   * Opens the wished-for microphone (openMicrophone). Rejects with the browser's error, and the microphone before stays. Null: something else was wished
   * for meanwhile.
   */
  async useMicrophone(wish: MicrophoneChoice | null, strict: boolean): Promise<Opened | null> {
    const asked = ++this.asked;
    const opened = await openMicrophone(this.parts.devices, wish, strict);
    const { microphone } = opened;
    if (asked !== this.asked || this.closed) {
      microphone.close();
      return null;
    }
    try {
      this.graph?.connect(microphone.stream);
    } catch (error) {
      microphone.close();
      throw error;
    }
    this.microphone?.close();
    this.microphone = microphone;
    microphone.onEnded(() => this.lose(microphone));
    microphone.onMuted(() => {
      if (this.microphone !== microphone) return;
      this.events.microphoneMuted(microphone.muted);
      this.tellMicrophone();
    });
    // Even where nothing else changed: it is another one.
    this.toldConnected = null;
    this.tellMicrophone();
    return opened;
  }

  closeMicrophone(): void {
    this.asked++;
    this.graph?.disconnect();
    this.microphone?.close();
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
    const context = this.graph?.context;
    const outputMs = (context?.outputLatency || 0) * 1000;
    const baseMs = (context?.baseLatency || 0) * 1000;
    const inputMs = (this.microphone?.latencyS ?? 0) * 1000;
    const { correctionMs } = this;
    return { outputMs, baseMs, inputMs, correctionMs, totalMs: Math.max(0, outputMs + baseMs + inputMs + correctionMs) };
  }

  /** Factors: of the backing, and of everything. */
  setVolumes(backing: number, master: number): void {
    this.state.setVolumes(backing, master);
  }

  /** A factor. */
  setMetronomeVolume(factor: number): void {
    this.state.metronomeVolume = factor;
  }

  /** A factor: so much of one's own part is added to the mix, where its packets come. */
  setPartVolume(factor: number): void {
    this.state.partVolume = factor;
  }

  /** Plays a sound of two channels beside everything else; true once it was played, false where the sound does not run. */
  async play(channels: [Float32Array<ArrayBuffer>, Float32Array<ArrayBuffer>]): Promise<boolean> {
    const { graph } = this;
    if (!graph || graph.context.state !== 'running') return false;
    const lengthMs = (channels[0].length * 1000) / SAMPLE_RATE;
    return within(lengthMs + PLAY_LATE_MS, graph.play(channels)).then(
      () => true,
      () => false,
    );
  }

  /** The factor for one's own voice. */
  setInputGain(factor: number): void {
    this.state.inputGain = factor;
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
      const numbers = Object.entries(block) as [string, number][];
      const times = numbers.map(([name, value]) => [name, name === 'position' ? value : value + originMs] as const);
      return Object.fromEntries(times) as unknown as BlockTrace;
    };
    return answer.blocks.map(shift);
  }

  private async startWorker(): Promise<void> {
    const ready = new Promise<void>((resolve, reject) => {
      this.worker.onmessage = (event: MessageEvent<FromWorker>) => (event.data.kind === 'ready' ? resolve() : this.takeMessage(event.data));
      this.worker.onerror = (event) => reject(new Error(event.message));
    });
    this.tell({ kind: 'start', shared: this.shared, url: this.parts.socket });
    await within(LOAD_MS, ready).catch((error: unknown) => {
      throw new SoundFault('page', error);
    });
    this.worker.onerror = (event) => this.events.failed(event.message);
  }

  private take(graph: SoundGraph): void {
    if (this.closed) return void graph.close();
    this.graph = graph;
    this.stillLooks = 0;
    graph.watch(
      () => this.follow(graph),
      () => {
        if (graph === this.graph) void this.anew();
      },
    );
    this.follow(graph);
  }

  /** The context began to run, or stands still: after a call on a phone for example, or before anybody has pressed anything. */
  private follow(graph: SoundGraph): void {
    if (graph !== this.graph) return;
    const { state } = graph.context;
    const running = state === 'running';
    const before = this.run;
    void this.tellRunning(running);
    // Newer than TypeScript's library.
    this.show(running ? 'running' : (state as string) === 'interrupted' ? 'interrupted' : 'held');
    if (running) this.tellMicrophone();
    // After a call too: some browsers let it run by themselves then, others when they are asked.
    else if (before === 'running' || before === 'interrupted') void graph.context.resume().catch(() => undefined);
  }

  /** The audio context is of no use any more: makes another, for the same worker and the same microphone. */
  private async anew(): Promise<void> {
    const pressed = this.run === 'stopped';
    if (this.closed || this.run === 'restarting') return;
    this.show('restarting');
    const waits = !pressed && this.tooOften() ? [] : RETRIES_MS;
    const before = this.graph;
    this.graph = null;
    before?.close().catch(() => undefined);
    // Only when the worker plans nothing any more, so that the new worklet does not begin with the old plan.
    await this.tellRunning(false);
    for (const waitMs of waits) {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      if (this.closed) return;
      const graph = await SoundGraph.open(this.parts, this.count.next(this.shared), LOAD_MS).catch(() => null);
      if (!graph) continue;
      this.reconnect(graph);
      return this.take(graph);
    }
    this.show('stopped');
  }

  private tooOften(): boolean {
    const now = performance.now();
    this.anewAtMs = [...this.anewAtMs.filter((ms) => now - ms < 60_000), now];
    return this.anewAtMs.length > MOST_ANEW;
  }

  private reconnect(graph: SoundGraph): void {
    const { microphone } = this;
    if (!microphone) return;
    try {
      graph.connect(microphone.stream);
    } catch {
      this.lose(microphone);
    }
  }

  private lose(microphone: Microphone): void {
    if (this.microphone !== microphone) return;
    this.closeMicrophone();
    this.events.microphoneLost();
  }

  private show(run: SoundRun): void {
    if (run === this.run) return;
    this.run = run;
    this.events.sound(run);
  }

  /** Once a second. */
  private look(): void {
    this.tellMicrophone();
    const frame = this.count.note();
    this.stillLooks = this.run === 'running' && frame === this.lastFrame ? this.stillLooks + 1 : 0;
    this.lastFrame = frame;
    if (this.stillLooks >= STILL_LOOKS) void this.anew();
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

  private async tellRunning(running: boolean): Promise<void> {
    if (running === this.toldRunning) return;
    this.toldRunning = running;
    await this.ask((id) => ({ kind: 'sound', id, running, frame: this.count.behind }));
  }

  /** The round trip moves the grid of what is sung: small drifts of what the browser reports are not worth a seam. */
  private tellMicrophone(): void {
    const frames = Math.round((this.roundTrip().totalMs * SAMPLE_RATE) / 1000);
    const connected = this.microphone !== null && !this.microphone.muted;
    const moved = Math.abs(frames - this.toldFrames);
    if (connected === this.toldConnected && (moved === 0 || (moved < SMALL_DRIFT && this.toldCorrection === this.correctionMs))) return;
    this.toldFrames = frames;
    this.toldConnected = connected;
    this.toldCorrection = this.correctionMs;
    this.tell({ kind: 'microphone', connected, roundTripFrames: frames });
  }

  private takeMessage(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        return;
      case 'connection':
        return this.events.connection(message.connection);
      case 'message':
        return this.events.message(message.message);
      case 'clock':
        return this.events.clock(message.position, message.atMs);
      case 'loudspeaker':
        return this.events.loudspeaker(message.verdict);
      case 'failed':
        return this.events.failed(message.message);
      case 'done':
      case 'recording':
      case 'stats':
      case 'trace':
        this.answers.get(message.id)?.(message);
        this.answers.delete(message.id);
    }
  }
}
