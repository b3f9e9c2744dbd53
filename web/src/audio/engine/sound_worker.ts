// What the codec worker does: the socket's messages go through the decoders into the rings, the microphone's samples through the encoder to the socket.
// It wakes when poll() is called, and knows the browser only by what it is given.
import { Connection, type Surroundings } from '../../net/connection.js';
import { newsOf, type Command, type ServerMessage, type Song } from '../../wire/control/control.js';
import type { MixMessage } from '../../wire/mix.js';
import { AudioClock } from '../shared/audio_clock.js';
import { CapturedSource } from '../capture/captured_source.js';
import { CaptureReader } from '../shared/capture_ring.js';
import { FrameCounter } from '../shared/frame_counter.js';
import { LoudspeakerWatch } from '../shared/loudspeaker_watch.js';
import { LoopTrace } from '../shared/loop_trace.js';
import { MappingReader } from '../shared/mapping_reports.js';
import type { DecoderFactory } from '../playback/opus_in.js';
import type { EncoderChoice } from '../capture/opus_out.js';
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

export class SoundWorker {
  private readonly state: SoundState;
  private readonly capture: CaptureReader;
  private readonly frames = new FrameCounter();
  private readonly clock = new AudioClock();
  private readonly trace: LoopTrace;
  private readonly map = new PositionMap();
  private readonly receiver: Receiver;
  private readonly captured: CapturedSource;
  private readonly recorders: Record<Recorded, Recorder>;
  private readonly loudspeaker: LoudspeakerWatch;
  private readonly connection: Connection;
  private readonly sender: Sender | null;
  private you: string | null = null;
  private singing = false;
  private muted = false;
  private microphone = false;
  /** Its number. */
  private song = 0;

  /** `encoder`: null where the browser cannot encode. `post`: to the page. */
  constructor(
    shared: SharedSound,
    url: string,
    private readonly encoder: EncoderChoice | null,
    private readonly surroundings: Surroundings,
    decoders: DecoderFactory,
    private readonly post: (message: FromWorker, transfer?: Transferable[]) => void,
  ) {
    this.trace = new LoopTrace(this.clock, surroundings.nowMs);
    this.state = new SoundState(shared.state);
    this.capture = new CaptureReader(shared.capture);
    const rings = shared.playback.map((memory) => new PlaybackWriter(memory));
    const plans = new PlanWriter(shared.plan);
    const reports = new MappingReader(shared.reports);
    this.receiver = new Receiver(rings, plans, reports, this.state, this.map, this.frames, this.clock, surroundings.nowMs, this.trace, decoders);
    this.captured = new CapturedSource(this.capture, this.frames, this.map);
    this.recorders = { heard: new Recorder(new PlayedReader(shared.played)), sung: new Recorder(this.captured) };
    this.loudspeaker = new LoudspeakerWatch(new PlayedReader(shared.played), this.capture, (verdict) => this.post({ kind: 'loudspeaker', verdict }));
    this.connection = new Connection(url, surroundings, {
      state: (connection) => this.post({ kind: 'connection', connection }),
      message: (message) => this.takeMessage(message),
      mix: (message) => this.takeMix(message),
    });
    this.sender = encoder && new Sender(encoder, this.capture, this.map, surroundings.nowMs, this.trace, (bytes) => this.connection.sendSound(bytes));
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
        this.loudspeaker.reset();
        return this.updateSilence();
      case 'sound':
        this.setRunning(message.running, message.frame);
        return this.post({ kind: 'done', id: message.id });
      case 'record':
        return this.recorders[message.what].start();
      case 'stop_record':
        return this.handOutRecording(message.id, message.what);
      case 'stats':
        return this.post({ kind: 'stats', id: message.id, stats: this.stats() });
      case 'trace':
        return this.post({ kind: 'trace', id: message.id, originMs: this.surroundings.originMs, blocks: this.trace.finished() });
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
      this.takeSong(message.song);
    } else if (message.type === 'settings') {
      this.receiver.setOffsets(message.settings.offsets);
    } else if (message.type === 'listening') {
      this.receiver.setSoloOffset(message.offset_blocks ?? 0);
    } else if (message.type === 'song') {
      this.takeSong(message.song);
    }
    const you = message.type !== 'welcome' && newsOf(message, this.you);
    if (you) this.takeYou(you.role === 'singer', you.muted);
    if (message.type === 'welcome' || message.type === 'pong') {
      const atMs = this.surroundings.originMs + this.surroundings.nowMs();
      this.post({ kind: 'clock', position: this.connection.clock.now(this.surroundings.nowMs()), atMs });
    }
    if (message.type !== 'pong') this.post({ kind: 'message', message });
  }

  private takeSong(song: Song): void {
    if (song.number !== this.song) this.loudspeaker.reset();
    this.song = song.number;
    this.receiver.setSong(song);
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

  /** Looks after everything. To be called whenever the worklet has written, and often where nothing tells that. */
  poll(): void {
    // In this order: the worklet tells what was heard before it tells what was captured.
    const captured = this.frames.unwrap(this.capture.written);
    this.clock.note(this.frames.unwrap(this.state.frame), this.surroundings.nowMs());
    this.receiver.poll();
    const singable = this.receiver.singable;
    this.sender?.setInputGain(this.state.inputGain);
    if (this.sender && this.singing && singable) this.sender.poll(captured, singable.start, singable.end);
    this.sender?.tend(captured);
    this.recorders.heard.poll();
    this.recorders.sung.poll();
    if (this.singing && singable && this.microphone && !this.muted) this.loudspeaker.poll();
    else this.loudspeaker.pause();
  }

  private handOutRecording(id: number, what: Recorded): void {
    const recorder = this.recorders[what];
    recorder.poll();
    const { left, right, marks } = recorder.stop();
    this.post({ kind: 'recording', id, left, right, marks }, [left.buffer, right.buffer]);
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
      loudspeaker: this.loudspeaker.verdict,
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
