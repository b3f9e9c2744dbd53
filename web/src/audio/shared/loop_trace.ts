// When each block passed each place on its way through this client, for measuring the loop time part by part (web/e2e/latency.ts). Bounded: the last
// 40 s. Times in ms (performance.now of the codec worker). Runs in the codec worker.
import type { AudioClock } from './audio_clock.js';
import { BLOCK } from '../../units.js';

const KEPT = 2_048;

export interface BlockTrace {
  position: number;
  /** The socket handed it over; it was decoded; the worklet rendered its first sample. */
  arrivedMs: number;
  decodedMs: number;
  playedMs: number;
  /** That sample came back by the microphone (as the browser reports the sound card); the last one of the voice's block did. */
  returnedMs: number;
  capturedMs: number;
  /** It was cut out of what was captured; it was encoded; its message was handed to the socket. */
  cutMs: number;
  encodedMs: number;
  sentMs: number;
}

export class LoopTrace {
  private readonly blocks: (BlockTrace | null)[] = new Array<BlockTrace | null>(KEPT).fill(null);

  constructor(
    private readonly clock: AudioClock,
    private readonly nowMs: () => number,
  ) {}

  arrived(position: number): void {
    const unknown = { decodedMs: NaN, playedMs: NaN, returnedMs: NaN, capturedMs: NaN, cutMs: NaN, encodedMs: NaN, sentMs: NaN };
    this.blocks[(position / BLOCK) % KEPT] = { position, arrivedMs: this.nowMs(), ...unknown };
  }

  decoded(position: number): void {
    const block = this.find(position);
    if (block) block.decodedMs = this.nowMs();
  }

  /** `codecDelay`: of both codecs on the way, in samples. */
  cut(cut: { position: number; frameOf(sample: number): number }, roundTrip: number, codecDelay: number): void {
    const block = this.find(cut.position);
    if (!block) return;
    const last = cut.frameOf(BLOCK - 1) + 1;
    const first = last - BLOCK - codecDelay;
    block.playedMs = this.clock.timeOf(first - roundTrip);
    block.returnedMs = this.clock.timeOf(first);
    block.capturedMs = this.clock.timeOf(last);
    block.cutMs = this.nowMs();
  }

  encoded(position: number): void {
    const block = this.find(position);
    if (block) block.encodedMs = this.nowMs();
  }

  sent(position: number): void {
    const block = this.find(position);
    if (block) block.sentMs = this.nowMs();
  }

  /** Those that went the whole way, oldest first. */
  finished(): BlockTrace[] {
    const done = this.blocks.filter((block): block is BlockTrace => block !== null && !Object.values(block).some(Number.isNaN));
    return done.sort((a, b) => a.position - b.position);
  }

  private find(position: number): BlockTrace | null {
    const block = this.blocks[(position / BLOCK) % KEPT];
    return block?.position === position ? block : null;
  }
}
