// Takes the microphone's samples from the capture ring, cuts them on the position grid, encodes them and hands voice messages to the socket.
// Runs in the codec worker.
import { writeVoice } from '../wire/voice.js';
import { BlockCutter, type Cut } from './block_cutter.js';
import { CAPTURE_FRAMES, type CaptureReader } from './capture_ring.js';
import { BLOCK } from './constants.js';
import type { FrameCounter } from './frame_counter.js';
import { OpusOut, type EncoderChoice } from './opus_out.js';
import type { PositionMap } from './position_map.js';
import { SendQueue } from './send_queue.js';

/** A fresh encoder's first samples are faded in, so that the voice does not begin with a click. */
const FADE_IN = 240;
/** Frames that a slow reader must stay away from the ring's end. */
const SAFETY = 8_192;
const NOTHING = new Uint8Array(0);

export interface SenderCounters {
  blocksSent: number;
  voicesSent: number;
  /** Blocks whose samples were overwritten before they could be read. */
  blocksMissed: number;
  encoderFailures: number;
  /** From handing a block to the encoder to its packet, in ms, smoothed. */
  encodeMs: number;
}

export class Sender {
  readonly counters: SenderCounters = { blocksSent: 0, voicesSent: 0, blocksMissed: 0, encoderFailures: 0, encodeMs: 0 };
  /** Without a microphone or muted, blocks go out without a voice, so that the loop time stays known. */
  silent = true;
  private readonly cutter: BlockCutter;
  private readonly encoder: OpusOut;
  private readonly queue: SendQueue;
  private readonly block = new Float32Array(BLOCK);
  private readonly submitted = new Map<number, number>();
  private voiceBroken = true;

  constructor(
    choice: EncoderChoice,
    private readonly ring: CaptureReader,
    private readonly frames: FrameCounter,
    map: PositionMap,
    private readonly nowMs: () => number,
    send: (bytes: Uint8Array<ArrayBuffer>) => boolean,
  ) {
    this.cutter = new BlockCutter(map, choice.delay);
    this.encoder = new OpusOut(choice.config, (label, packet) => this.encoded(label, packet));
    this.queue = new SendQueue(({ bucket, song, position }, packet) => {
      if (!send(writeVoice({ bucket, song, position, packets: [packet] }))) return;
      this.counters.blocksSent++;
      if (packet.byteLength > 0) this.counters.voicesSent++;
    });
  }

  setRoundTrip(frames: number): void {
    this.cutter.setRoundTrip(frames);
  }

  /** Sends every block that is wholly captured and lies between `start` and `end`. */
  poll(start: number, end: number): void {
    const captured = this.frames.unwrap(this.ring.written);
    const oldest = captured - CAPTURE_FRAMES + SAFETY;
    for (;;) {
      const cut = this.cutter.next(captured, oldest, start, end);
      if (!cut) return;
      this.take(cut);
    }
  }

  private take(cut: Cut): void {
    if (this.silent || !this.ring.read(cut.frame, this.block)) {
      if (!this.silent) this.counters.blocksMissed++;
      this.voiceBroken = true;
      this.queue.add(cut, NOTHING);
      return;
    }
    const fresh = cut.fresh || this.voiceBroken;
    this.voiceBroken = false;
    if (fresh) {
      for (let i = 0; i < FADE_IN; i++) this.block[i] = (this.block[i] as number) * (i / FADE_IN);
    }
    this.queue.add(cut, null);
    this.submitted.set(cut.position, this.nowMs());
    this.encoder.encode(cut.position, this.block, fresh);
  }

  private encoded(label: number, packet: Uint8Array): void {
    const at = this.submitted.get(label);
    this.submitted.delete(label);
    if (at !== undefined) this.counters.encodeMs += (this.nowMs() - at - this.counters.encodeMs) * 0.05;
    this.counters.encoderFailures = this.encoder.failures;
    this.queue.fill(label, packet);
  }
}
