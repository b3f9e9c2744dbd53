// Puts voice blocks together into messages of as many blocks as the mix comes in (PROTOCOL.md 2.1). Pure; time is given. A block is never held back longer
// than the message lasts.
import { MAX_BLOCKS } from '../../wire/header.js';
import type { VoiceMessage } from '../../wire/voice.js';
import { BLOCK, FRAMES_PER_MS, type BucketNumber } from '../../units.js';

const BLOCK_MS = BLOCK / FRAMES_PER_MS;

export interface VoiceBlock {
  song: number;
  bucket: BucketNumber;
  position: number;
  packet: Uint8Array;
}

export class VoiceBatch {
  private size = 1;
  private waiting: VoiceBlock[] = [];
  private sinceMs = 0;

  constructor(private readonly send: (message: VoiceMessage) => void) {}

  /** Blocks per message from now on, 1 to 5. */
  setSize(blocks: number): void {
    this.size = Math.min(MAX_BLOCKS, Math.max(1, blocks));
    if (this.waiting.length >= this.size) this.flush();
  }

  /** `last`: no block of this song follows. */
  add(block: VoiceBlock, nowMs: number, last: boolean): void {
    const before = this.waiting.at(-1);
    const follows = before?.song === block.song && before.bucket === block.bucket && before.position + BLOCK === block.position;
    if (before && !follows) this.flush();
    if (this.waiting.length === 0) this.sinceMs = nowMs;
    this.waiting.push(block);
    if (last || this.waiting.length >= this.size) this.flush();
  }

  /** Sends what has waited for as long as a whole message takes: no more blocks seem to come. Call often. */
  tend(nowMs: number): void {
    if (this.waiting.length > 0 && nowMs - this.sinceMs >= this.size * BLOCK_MS) this.flush();
  }

  flush(): void {
    const first = this.waiting[0];
    if (!first) return;
    const packets = this.waiting.map((block) => block.packet);
    this.waiting = [];
    this.send({ song: first.song, bucket: first.bucket, position: first.position, packets });
  }
}
