// The codec worker: owns the socket, the encoder and the decoders, so that nothing that the page does can delay the sound. It wakes when
// the worklet has written (or every 5 ms, where the browser cannot wait for shared memory) and when the server says something.
import { askHealth } from '../../net/api.js';
import { Connection, type Socket, type SocketEvents, type Surroundings } from '../../net/connection.js';
import { newsOf, type Command, type ServerMessage } from '../../wire/control/control.js';
import type { MixMessage } from '../../wire/mix.js';
import { AudioClock } from '../shared/audio_clock.js';
import { CapturedSource } from '../capture/captured_source.js';
import { CaptureReader } from '../shared/capture_ring.js';
import { FrameCounter } from '../shared/frame_counter.js';
import { LoopTrace } from '../shared/loop_trace.js';
import { MappingReader } from '../shared/mapping_reports.js';
import { browserDecoders } from '../playback/opus_in.js';
import { chooseEncoder, type EncoderChoice } from '../capture/opus_out.js';
import { PlanWriter } from '../shared/plan.js';
import { PlaybackWriter } from '../shared/playback_ring.js';
import { PlayedReader } from '../shared/played_ring.js';
import { PositionMap } from '../shared/position_map.js';
import { Receiver } from '../playback/receiver.js';
import { Recorder } from '../shared/recorder.js';
import { Sender } from '../capture/sender.js';
import type { SharedSound } from '../shared/shared_sound.js';
import { SoundState } from '../shared/sound_state.js';
import type { FromWorker, Recorded, ToWorker, WorkerStats } from './worker_messages.js';

const POLL_MS = 5;
/** Waiting for shared memory gives up after so long, in case that the audio context stands still. */
const WAIT_MS = 100;

function openSocket(url: string, protocol: string, events: SocketEvents): Socket {
  const socket = new WebSocket(url, protocol);
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => events.opened();
  socket.onclose = (event) => events.closed(event.code);
  socket.onmessage = (event: MessageEvent<unknown>) => events.message(event.data);
  return socket;
}

const surroundings: Surroundings = {
  open: openSocket,
  nowMs: () => performance.now(),
  originMs: performance.timeOrigin,
  ask: askHealth,
  random: Math.random,
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

function post(message: FromWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

class CodecWorker {
  private readonly state: SoundState;
  private readonly capture: CaptureReader;
  private readonly frames = new FrameCounter();
  private readonly clock = new AudioClock();
  private readonly trace = new LoopTrace(this.clock, surroundings.nowMs);
  private readonly map = new PositionMap();
  private readonly receiver: Receiver;
  private readonly captured: CapturedSource;
  private readonly recorders: Record<Recorded, Recorder>;
  private readonly connection: Connection;
  private readonly sender: Sender | null;
  private you: string | null = null;
  private singing = false;
  private muted = false;
  private microphone = false;

  constructor(
    shared: SharedSound,
    url: string,
    private readonly encoder: EncoderChoice | null,
  ) {
    this.state = new SoundState(shared.state);
    this.capture = new CaptureReader(shared.capture);
    const rings = shared.playback.map((memory) => new PlaybackWriter(memory));
    const plans = new PlanWriter(shared.plan);
    const reports = new MappingReader(shared.reports);
    this.receiver = new Receiver(
      rings,
      plans,
      reports,
      this.state,
      this.map,
      this.frames,
      this.clock,
      surroundings.nowMs,
      this.trace,
      browserDecoders,
    );
    this.captured = new CapturedSource(this.capture, this.frames, this.map);
    this.recorders = { heard: new Recorder(new PlayedReader(shared.played)), sung: new Recorder(this.captured) };
    this.connection = new Connection(url, surroundings, {
      state: (connection) => post({ kind: 'connection', connection }),
      message: (message) => this.takeMessage(message),
      mix: (message) => this.takeMix(message),
    });
    this.sender = encoder && new Sender(encoder, this.capture, this.map, surroundings.nowMs, this.trace, (bytes) => this.connection.sendSound(bytes));
    this.listen();
  }

  take(message: ToWorker): void {
    switch (message.kind) {
      case 'start':
        return;
      case 'enter':
        this.setSinging(message.hello.role === 'singer');
        return this.connection.enter(message.hello);
      case 'leave':
        this.receiver.stop();
        return this.connection.leave();
      case 'hurry':
        return this.connection.hurry();
      case 'command':
        return this.command(message.command);
      case 'microphone':
        this.microphone = message.connected;
        this.sender?.setRoundTrip(message.roundTripFrames);
        this.captured.roundTrip = message.roundTripFrames;
        return this.updateSilence();
      case 'sound':
        this.setRunning(message.running, message.frame);
        return post({ kind: 'done', id: message.id });
      case 'record':
        return this.recorders[message.what].start();
      case 'stop_record':
        return this.handOutRecording(message.id, message.what);
      case 'stats':
        return post({ kind: 'stats', id: message.id, stats: this.stats() });
      case 'trace':
        return post({ kind: 'trace', id: message.id, originMs: performance.timeOrigin, blocks: this.trace.finished() });
    }
  }

  private command(command: Command): void {
    // One's own microphone is off at once, not when the server has said so; whether one may sing, it says.
    if (command.type === 'mute') this.muted = command.muted;
    if (command.type === 'role' && command.role === 'listener') this.setSinging(false);
    this.updateSilence();
    this.connection.send(command);
  }

  private setRunning(running: boolean, frame: number): void {
    if (!running) return this.receiver.pause();
    this.clock.reset();
    this.receiver.resume(frame);
  }

  private updateSilence(): void {
    if (this.sender) this.sender.silent = this.muted || !this.microphone;
  }

  private takeMessage(message: ServerMessage): void {
    if (message.type === 'welcome') {
      this.you = message.you.id;
      this.takeYou(message.you.role === 'singer', message.you.muted);
      this.receiver.setMixDelay(message.mix_delay);
      if (this.sender) this.sender.mixDelay = message.mix_delay;
      this.receiver.setOffsets(message.settings.offsets);
      this.receiver.setSong(message.song);
    } else if (message.type === 'settings') {
      this.receiver.setOffsets(message.settings.offsets);
    } else if (message.type === 'song') {
      this.receiver.setSong(message.song);
    }
    const you = message.type !== 'welcome' && newsOf(message, this.you);
    if (you) this.takeYou(you.role === 'singer', you.muted);
    if (message.type === 'welcome' || message.type === 'pong') {
      const atMs = performance.timeOrigin + performance.now();
      post({ kind: 'clock', position: this.connection.clock.now(performance.now()), atMs });
    }
    if (message.type !== 'pong') post({ kind: 'message', message });
  }

  private takeMix(message: MixMessage): void {
    if (message.song === 0) {
      const heardAt = this.receiver.takeProbe(message);
      if (this.singing && heardAt !== null) this.sender?.probe(message.bucket, message.position, heardAt);
    } else {
      this.receiver.take(message);
      this.sender?.setBlocksPerMessage(message.blocks.length);
    }
    this.poll();
  }

  private takeYou(singing: boolean, muted: boolean): void {
    this.setSinging(singing);
    this.muted = muted;
    this.updateSilence();
  }

  private setSinging(singing: boolean): void {
    this.singing = singing;
    this.receiver.setListening(!singing);
  }

  private poll(): void {
    // In this order: the worklet tells what was heard before it tells what was captured.
    const captured = this.frames.unwrap(this.capture.written);
    this.clock.note(this.frames.unwrap(this.state.frame), surroundings.nowMs());
    this.receiver.poll();
    const singable = this.receiver.singable;
    if (this.sender && this.singing && singable) this.sender.poll(captured, singable.start, singable.end);
    this.sender?.tend(captured);
    this.recorders.heard.poll();
    this.recorders.sung.poll();
  }

  /** Polls for ever, woken by the worklet's writing. */
  private listen(): void {
    if (typeof Atomics.waitAsync !== 'function') {
      setInterval(() => this.poll(), POLL_MS);
      return;
    }
    const wait = async (): Promise<void> => {
      for (;;) {
        const seen = this.capture.written;
        this.poll();
        const waiting = Atomics.waitAsync(this.capture.state, 0, seen, WAIT_MS);
        // Even where it has changed meanwhile: messages of the socket must get their turn.
        await (waiting.async ? waiting.value : new Promise((resolve) => setTimeout(resolve, 0)));
      }
    };
    wait().catch((error: unknown) => post({ kind: 'failed', message: String(error) }));
  }

  private handOutRecording(id: number, what: Recorded): void {
    const recorder = this.recorders[what];
    recorder.poll();
    const { left, right, marks } = recorder.stop();
    post({ kind: 'recording', id, left, right, marks }, [left.buffer, right.buffer]);
  }

  private stats(): WorkerStats {
    const plan = this.receiver.currentPlan;
    const heard = this.state.heardPosition;
    const { generation, offset, audibleFrom, end } = plan;
    return {
      frame: this.frames.unwrap(this.state.frame),
      heardPosition: Number.isNaN(heard) ? null : heard,
      anchor: plan.active ? { generation, offset, audibleFrom, end: Number.isFinite(end) ? end : null } : null,
      missingFrames: this.state.missingFrames,
      skippedFrames: this.state.skippedFrames,
      receiver: { ...this.receiver.counters },
      playout: this.receiver.playout.counters(),
      sender: this.sender && { ...this.sender.counters },
      encoderDelay: this.encoder?.delay ?? null,
      network: {
        roundTripMs: this.connection.clock.roundTripMs,
        reconnects: this.connection.reconnects,
        malformed: this.connection.malformed,
        droppedSound: this.connection.droppedSound,
      },
    };
  }
}

let worker: CodecWorker | null = null;

self.addEventListener('message', (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  if (message.kind !== 'start') {
    worker?.take(message);
    return;
  }
  void chooseEncoder().then((encoder) => {
    worker = new CodecWorker(message.shared, message.url, encoder);
    post({ kind: 'ready', canEncode: encoder !== null });
  });
});
