// Takes the microphone's samples from the capture ring, cuts them on the position grid, encodes them and hands voice messages to the socket.
// Runs in the codec worker.
import { writeVoice, type VoiceMessage } from '../../wire/voice.js';
import { BlockCutter, type Cut } from './block_cutter.js';
import { CAPTURE_FRAMES, type CaptureReader } from '../shared/capture_ring.js';
import { BLOCK, FRAMES_PER_MS, type BucketNumber } from '../../units.js';
import { CutReader } from './cut_reader.js';
import type { LoopTrace } from '../shared/loop_trace.js';
import { OpusOut, type EncoderChoice } from './opus_out.js';
import type { PositionMap } from '../shared/position_map.js';
import { ProbeAnswers } from './probe_answers.js';
import { SendQueue } from './send_queue.js';
import { VoiceBatch } from './voice_batch.js';
import { VoiceGain } from './voice_gain.js';

/** A fresh encoder's first samples are faded in, so that the voice does not begin with a click. */
const FADE_IN = 240;
/** Frames that a slow reader must stay away from the ring's end. */
const SAFETY = 8_192;
/** What encoding takes until it has been measured, in ms. */
const USUAL_ENCODE_MS = 1;
const NOTHING = new Uint8Array(0);
/** After so many blocks of exact silence (0.5 s: no pause for breath), blocks go out without a voice. */
const STILL_BLOCKS = 25;

export interface SenderCounters {
  blocksSent: number;
  voicesSent: number;
  probesAnswered: number;
  /** Blocks whose samples were overwritten before they could be read. */
  blocksMissed: number;
  encoderFailures: number;
  /** From handing a block to the encoder to its packet, in ms, smoothed. */
  encodeMs: number;
}

export class Sender {
  readonly counters: SenderCounters = {
    blocksSent: 0,
    voicesSent: 0,
    probesAnswered: 0,
    blocksMissed: 0,
    encoderFailures: 0,
    encodeMs: USUAL_ENCODE_MS,
  };
  /** Without a microphone or muted, blocks go out without a voice, so that the loop time stays known. */
  silent = true;
  private readonly cutter: BlockCutter;
  private readonly reader: CutReader;
  private readonly gain = new VoiceGain();
  private readonly encoder: OpusOut;
  private readonly queue: SendQueue;
  private readonly batch: VoiceBatch;
  private readonly probes: ProbeAnswers;
  private readonly block = new Float32Array(BLOCK);
  private readonly submitted = new Map<number, number>();
  /** Samples by which a decoded mix packet lags behind its label. */
  mixDelay = 0;
  private voiceBroken = true;
  /** Blocks of exact silence in a row. */
  private still = 0;
  private roundTrip = 0;
  private end = Infinity;

  constructor(
    private readonly choice: EncoderChoice,
    ring: CaptureReader,
    map: PositionMap,
    private readonly nowMs: () => number,
    private readonly trace: LoopTrace,
    private readonly sendBytes: (bytes: Uint8Array<ArrayBuffer>) => boolean,
  ) {
    this.cutter = new BlockCutter(map, choice.delay);
    this.reader = new CutReader(ring);
    this.encoder = new OpusOut(choice.config, (label, packet) => this.encoded(label, packet));
    this.batch = new VoiceBatch((message) => this.send(message));
    this.queue = new SendQueue(({ song, bucket, position }, packet) => {
      this.batch.add({ song, bucket, position, packet }, this.nowMs(), position + 2 * BLOCK > this.end);
    });
    this.probes = new ProbeAnswers((message) => {
      if (this.sendBytes(writeVoice(message))) this.counters.probesAnswered++;
    });
  }

  setRoundTrip(frames: number): void {
    this.roundTrip = Math.round(frames);
    this.cutter.setRoundTrip(frames);
  }

  /** The factor for the voice, from the next block on. */
  setInputGain(factor: number): void {
    this.gain.goal = factor;
  }

  /** How many blocks go into a message. */
  setBlocksPerMessage(blocks: number): void {
    this.batch.setSize(blocks);
  }

  /** A probe that would be heard at `heardAt` (a frame) has come. */
  probe(bucket: BucketNumber, position: number, heardAt: number): void {
    const encode = this.counters.encodeMs * FRAMES_PER_MS;
    this.probes.add(bucket, position, heardAt + this.roundTrip + this.choice.delay + BLOCK + encode);
  }

  /**
   * Sends every block that is wholly captured and lies between `start` and `end`. `captured`: the frame after the last captured one, read before the
   * position map was told what was heard until then.
   */
  poll(captured: number, start: number, end: number): void {
    this.end = end;
    const oldest = captured - CAPTURE_FRAMES + SAFETY;
    for (;;) {
      const cut = this.cutter.next(captured, oldest, start, end);
      if (!cut) return;
      this.take(cut);
    }
  }

  /** What is due though no new block may come. Call often. */
  tend(captured: number): void {
    this.batch.tend(this.nowMs());
    this.probes.poll(captured);
  }

  private take(cut: Cut): void {
    this.trace.cut(cut, this.roundTrip, this.choice.delay + this.mixDelay);
    if (!this.hasVoice(cut)) {
      this.voiceBroken = true;
      this.trace.encoded(cut.position);
      this.queue.add(cut, NOTHING);
      return;
    }
    const fresh = cut.fresh || this.voiceBroken;
    this.voiceBroken = false;
    this.gain.process(this.block, fresh);
    if (fresh) {
      for (let i = 0; i < FADE_IN; i++) this.block[i] = (this.block[i] as number) * (i / FADE_IN);
    }
    this.queue.add(cut, null);
    this.submitted.set(cut.position, this.nowMs());
    this.encoder.encode(cut.position, this.block, fresh);
  }

  /** Reads the block; false where there is nothing to be sung to anybody. */
  private hasVoice(cut: Cut): boolean {
    if (this.silent) return false;
    if (!this.reader.read(cut, this.block)) {
      this.counters.blocksMissed++;
      return false;
    }
    this.still = this.block.some((sample) => sample !== 0) ? 0 : this.still + 1;
    return this.still <= STILL_BLOCKS;
  }

  private send(message: VoiceMessage): void {
    if (!this.sendBytes(writeVoice(message))) return;
    message.packets.forEach((packet, i) => {
      this.trace.sent(message.position + i * BLOCK);
      this.counters.blocksSent++;
      if (packet.byteLength > 0) this.counters.voicesSent++;
    });
  }

  private encoded(label: number, packet: Uint8Array): void {
    const at = this.submitted.get(label);
    this.submitted.delete(label);
    if (at !== undefined) this.counters.encodeMs += (this.nowMs() - at - this.counters.encodeMs) * 0.05;
    this.counters.encoderFailures = this.encoder.failures;
    this.trace.encoded(label);
    this.queue.fill(label, packet);
  }
}
