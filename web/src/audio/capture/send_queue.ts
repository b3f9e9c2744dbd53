// Keeps voice blocks in order between encoder and socket: packets become ready later than blocks without a voice, but positions must rise.
// Pure and bounded: beyond the bound the oldest block goes out as it is, without a voice.
import type { BucketNumber } from '../../units.js';

export interface OutgoingBlock {
  song: number;
  bucket: BucketNumber;
  position: number;
}

interface Entry extends OutgoingBlock {
  packet: Uint8Array | null;
}

const MOST_WAITING = 50;
const NOTHING = new Uint8Array(0);

export class SendQueue {
  private readonly entries: Entry[] = [];
  /** Blocks that had to go without their voice. */
  dropped = 0;

  constructor(private readonly send: (block: OutgoingBlock, packet: Uint8Array) => void) {}

  /** A block whose packet comes later (null) or is there. */
  add(block: OutgoingBlock, packet: Uint8Array | null): void {
    this.entries.push({ ...block, packet });
    if (this.entries.length > MOST_WAITING) {
      const oldest = this.entries[0] as Entry;
      if (oldest.packet === null) {
        oldest.packet = NOTHING;
        this.dropped++;
      }
    }
    this.drain();
  }

  /** The packet of a block added before; one that has gone out meanwhile is forgotten. */
  fill(position: number, packet: Uint8Array): void {
    const entry = this.entries.find((candidate) => candidate.position === position && candidate.packet === null);
    if (entry) entry.packet = packet;
    this.drain();
  }

  clear(): void {
    this.entries.length = 0;
  }

  private drain(): void {
    while (this.entries[0]?.packet) {
      const { packet, ...block } = this.entries.shift() as Entry;
      this.send(block, packet as Uint8Array);
    }
  }
}
