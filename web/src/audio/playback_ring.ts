// The ring that carries decoded blocks from the codec worker to the worklet, addressed by position. Each slot holds a tag that says
// which block it carries; a slot with another tag is stale and counts as missing. One writer (worker), one reader (worklet), no locks:
// samples first, then the tag. Mix and backing of a block have tags of their own, because they are decoded apart.
import { BLOCK } from './constants.js';

export const PLAYBACK_SLOTS = 128;
const EMPTY = -1;
const TAG_BYTES = PLAYBACK_SLOTS * 2 * 4;
const SLOT_SAMPLES = BLOCK * 3;

export function createPlaybackRing(): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(TAG_BYTES + PLAYBACK_SLOTS * SLOT_SAMPLES * 4);
  new Int32Array(memory, 0, PLAYBACK_SLOTS * 2).fill(EMPTY);
  return memory;
}

/** What a slot's tag is while it holds `block` (a position divided by 960); unambiguous for 497 days. */
function tagOf(block: number): number {
  return block & 0x7fffffff;
}

/** Worker only. */
export class PlaybackWriter {
  private readonly tags: Int32Array;
  private readonly samples: Float32Array;

  constructor(memory: SharedArrayBuffer) {
    this.tags = new Int32Array(memory, 0, PLAYBACK_SLOTS * 2);
    this.samples = new Float32Array(memory, TAG_BYTES);
  }

  /** Forgets every block. */
  clear(): void {
    for (let i = 0; i < this.tags.length; i++) Atomics.store(this.tags, i, EMPTY);
  }

  /** 960 samples decoded from the mix packet labelled with `block`; null is silence. */
  writeMix(block: number, mono: Float32Array | null): void {
    const slot = block % PLAYBACK_SLOTS;
    Atomics.store(this.tags, slot, EMPTY);
    this.put(slot * SLOT_SAMPLES, mono);
    Atomics.store(this.tags, slot, tagOf(block));
  }

  /** 960 samples of either side; null is silence. */
  writeBacking(block: number, left: Float32Array | null, right: Float32Array | null): void {
    const slot = block % PLAYBACK_SLOTS;
    Atomics.store(this.tags, PLAYBACK_SLOTS + slot, EMPTY);
    this.put(slot * SLOT_SAMPLES + BLOCK, left);
    this.put(slot * SLOT_SAMPLES + 2 * BLOCK, right);
    Atomics.store(this.tags, PLAYBACK_SLOTS + slot, tagOf(block));
  }

  private put(at: number, source: Float32Array | null): void {
    if (source) this.samples.set(source, at);
    else this.samples.fill(0, at, at + BLOCK);
  }
}

/** Worklet only. Allocates nothing after construction. */
export class PlaybackReader {
  private readonly tags: Int32Array;
  private readonly samples: Float32Array;

  constructor(memory: SharedArrayBuffer) {
    this.tags = new Int32Array(memory, 0, PLAYBACK_SLOTS * 2);
    this.samples = new Float32Array(memory, TAG_BYTES);
  }

  hasMix(position: number): boolean {
    const block = Math.floor(position / BLOCK);
    return Atomics.load(this.tags, block % PLAYBACK_SLOTS) === tagOf(block);
  }

  hasBacking(position: number): boolean {
    const block = Math.floor(position / BLOCK);
    return Atomics.load(this.tags, PLAYBACK_SLOTS + (block % PLAYBACK_SLOTS)) === tagOf(block);
  }

  /** Fills `out` with the mix from label position `position` on; returns how many samples were missing (they are silence). */
  readMix(position: number, out: Float32Array): number {
    let missing = 0;
    for (let i = 0; i < out.length; ) {
      const block = Math.floor((position + i) / BLOCK);
      const inside = position + i - block * BLOCK;
      const run = Math.min(out.length - i, BLOCK - inside);
      const there = this.hasMix(position + i);
      const from = (block % PLAYBACK_SLOTS) * SLOT_SAMPLES + inside;
      for (let k = 0; k < run; k++) out[i + k] = there ? (this.samples[from + k] as number) : 0;
      if (!there) missing += run;
      i += run;
    }
    return missing;
  }

  /** Fills `left` and `right` with the backing from `position` on; returns how many samples were missing. */
  readBacking(position: number, left: Float32Array, right: Float32Array): number {
    let missing = 0;
    for (let i = 0; i < left.length; ) {
      const block = Math.floor((position + i) / BLOCK);
      const inside = position + i - block * BLOCK;
      const run = Math.min(left.length - i, BLOCK - inside);
      const there = this.hasBacking(position + i);
      const from = (block % PLAYBACK_SLOTS) * SLOT_SAMPLES + BLOCK + inside;
      for (let k = 0; k < run; k++) {
        left[i + k] = there ? (this.samples[from + k] as number) : 0;
        right[i + k] = there ? (this.samples[from + BLOCK + k] as number) : 0;
      }
      if (!there) missing += run;
      i += run;
    }
    return missing;
  }
}
