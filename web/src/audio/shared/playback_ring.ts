// The ring that carries decoded blocks from the codec worker to the worklet, addressed by position. Each slot holds a tag that says
// which block it carries; a slot with another tag is stale and counts as missing. One writer (worker), one reader (worklet), no locks:
// samples first, then the tag. Mix, backing, metronome and one's own part of a block have tags of their own, because they are decoded apart. Where a slot of
// the metronome or of the part is stale it is silent: nothing is missed.
import { BLOCK } from '../../units.js';

export const PLAYBACK_SLOTS = 128;
const EMPTY = -1;
const TAGS = PLAYBACK_SLOTS * 4;
const TAG_BYTES = TAGS * 4;
const SLOT_SAMPLES = BLOCK * 5;
/** Which of a slot's blocks of tags and of samples. */
const METRONOME = { tags: 2 * PLAYBACK_SLOTS, plane: 3 * BLOCK };
const PART = { tags: 3 * PLAYBACK_SLOTS, plane: 4 * BLOCK };

export function createPlaybackRing(): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(TAG_BYTES + PLAYBACK_SLOTS * SLOT_SAMPLES * 4);
  new Int32Array(memory, 0, TAGS).fill(EMPTY);
  return memory;
}

/** What a slot's tag is while it holds `block` (a position divided by 960); unambiguous for 497 days. */
function tagOf(block: number): number {
  return block % 0x80000000;
}

/** Worker only. */
export class PlaybackWriter {
  private readonly tags: Int32Array;
  private readonly samples: Float32Array;

  constructor(memory: SharedArrayBuffer) {
    this.tags = new Int32Array(memory, 0, TAGS);
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

  /** 960 samples; blocks that are not written are silent. */
  writeMetronome(block: number, mono: Float32Array): void {
    this.write(METRONOME, block, mono);
  }

  /** 960 samples decoded from the packet of one's own part labelled with `block`; blocks that are not written are silent. */
  writePart(block: number, mono: Float32Array): void {
    this.write(PART, block, mono);
  }

  private write(kind: typeof PART, block: number, mono: Float32Array): void {
    const slot = block % PLAYBACK_SLOTS;
    Atomics.store(this.tags, kind.tags + slot, EMPTY);
    this.put(slot * SLOT_SAMPLES + kind.plane, mono);
    Atomics.store(this.tags, kind.tags + slot, tagOf(block));
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
    this.tags = new Int32Array(memory, 0, TAGS);
    this.samples = new Float32Array(memory, TAG_BYTES);
  }

  /**
   * How many of the next `most` positions, from `position` on, can be played: both their mix (at `position` + `mixDelay` in its packets) and their
   * backing are there. Negative: so many cannot.
   */
  stretch(position: number, mixDelay: number, most: number): number {
    const here = this.there(position, mixDelay);
    let length = 0;
    while (length < most && this.there(position + length, mixDelay) === here) {
      length += Math.min(toEdge(position + length), toEdge(position + length + mixDelay));
    }
    length = Math.min(length, most);
    return here ? length : -length;
  }

  /** Copies the mix from the place `position` in its packets on into out[from] to out[to - 1]. */
  copyMix(position: number, out: Float32Array, from: number, to: number): void {
    this.copy(position, 0, out, from, to);
  }

  copyBacking(position: number, left: Float32Array, right: Float32Array, from: number, to: number): void {
    this.copy(position, BLOCK, left, from, to);
    this.copy(position, 2 * BLOCK, right, from, to);
  }

  /** Adds the metronome, where it clicks. The factor goes from `factor` on by `step` a sample. */
  addMetronome(position: number, left: Float32Array, right: Float32Array, from: number, to: number, factor: number, step: number): void {
    this.add(METRONOME, position, left, right, from, to, factor, step);
  }

  /** The same of one's own part; `position` is the place in its packets, as of the mix. */
  addPart(position: number, left: Float32Array, right: Float32Array, from: number, to: number, factor: number, step: number): void {
    this.add(PART, position, left, right, from, to, factor, step);
  }

  private add(
    kind: typeof PART,
    position: number,
    left: Float32Array,
    right: Float32Array,
    from: number,
    to: number,
    factor: number,
    step: number,
  ): void {
    for (let i = from; i < to;) {
      const at = position + i - from;
      const block = Math.floor(at / BLOCK);
      const slot = block % PLAYBACK_SLOTS;
      const run = Math.min(to - i, toEdge(at));
      if (Atomics.load(this.tags, kind.tags + slot) === tagOf(block)) {
        const source = slot * SLOT_SAMPLES + kind.plane + BLOCK - toEdge(at);
        for (let k = 0; k < run; k++) {
          const sample = (this.samples[source + k] as number) * (factor + step * (i + k - from));
          left[i + k] = (left[i + k] as number) + sample;
          right[i + k] = (right[i + k] as number) + sample;
        }
      }
      i += run;
    }
  }

  private there(position: number, mixDelay: number): boolean {
    const mix = Math.floor((position + mixDelay) / BLOCK);
    const backing = Math.floor(position / BLOCK);
    return (
      Atomics.load(this.tags, mix % PLAYBACK_SLOTS) === tagOf(mix) &&
      Atomics.load(this.tags, PLAYBACK_SLOTS + (backing % PLAYBACK_SLOTS)) === tagOf(backing)
    );
  }

  private copy(position: number, plane: number, out: Float32Array, from: number, to: number): void {
    for (let i = from; i < to;) {
      const at = position + i - from;
      const run = Math.min(to - i, toEdge(at));
      const source = (Math.floor(at / BLOCK) % PLAYBACK_SLOTS) * SLOT_SAMPLES + plane + BLOCK - toEdge(at);
      for (let k = 0; k < run; k++) out[i + k] = this.samples[source + k] as number;
      i += run;
    }
  }
}

/** Samples from `position` to the end of its block. */
function toEdge(position: number): number {
  return BLOCK - (position % BLOCK);
}
