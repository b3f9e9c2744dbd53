// Gives the sound of one position after the other, for the worklet: mix plus backing, metronome and one's own part at their volumes, and where a block is
// missing, what conceals that. Keeps a short window of it, so that the playback half can read in between positions. Allocates in its constructor only.
import { Concealment } from './concealment.js';
import { QUANTUM } from '../../units.js';
import { HALF_TAPS } from '../shared/interpolation.js';
import type { PlaybackReader } from '../shared/playback_ring.js';

const CAPACITY = 4 * QUANTUM;

export class PositionSource {
  /** left[i] and right[i] are the sound of the position `first` + i, for i below `length`. */
  readonly left = new Float32Array(CAPACITY);
  readonly right = new Float32Array(CAPACITY);
  first = 0;
  length = 0;
  private readonly mix = new Float32Array(CAPACITY);
  private readonly concealment = new Concealment();
  private ring: PlaybackReader | null = null;
  private mixDelay = 0;
  private backing = 1;
  private metronome = 1;
  private part = 0;
  private fresh = true;

  /** Another stream, or another place in it. */
  begin(ring: PlaybackReader, mixDelay: number, backing: number, metronome: number, part: number): void {
    this.ring = ring;
    this.mixDelay = mixDelay;
    this.backing = backing;
    this.metronome = metronome;
    this.part = part;
    this.length = 0;
    this.fresh = true;
    this.concealment.reset();
  }

  /**
   * Makes the window hold the positions from `from` to `to` - 1 (at most 3 quanta). The factors of backing, metronome and part move over what is new.
   * Returns how many of the new positions were missing.
   */
  advance(from: number, to: number, backing: number, metronome: number, part: number): number {
    this.forgetBefore(from);
    const begin = this.length;
    const end = to - this.first;
    if (end <= begin) return 0;
    const step = (backing - this.backing) / (end - begin);
    let missing = 0;
    for (let i = begin; i < end;) {
      const stretch = this.ring === null ? begin - end : this.ring.stretch(this.first + i, this.mixDelay, end - i);
      const next = i + Math.abs(stretch);
      if (stretch > 0) {
        this.copy(i, next, step, begin);
        this.concealment.real(this.left, this.right, i, next);
      } else if (this.fresh && i === 0 && next < HALF_TAPS) {
        // Before the stream's beginning nothing is missed.
        this.left.fill(0, i, next);
        this.right.fill(0, i, next);
      } else {
        this.concealment.missing(this.left, this.right, i, next);
        missing += next - i;
      }
      i = next;
    }
    this.backing = backing;
    // Behind the concealment, which must not make up clicks.
    this.addMetronome(begin, end, metronome);
    this.addPart(begin, end, part);
    this.fresh = false;
    this.length = end;
    return missing;
  }

  private copy(from: number, to: number, step: number, begin: number): void {
    const ring = this.ring as PlaybackReader;
    const position = this.first + from;
    ring.copyMix(position + this.mixDelay, this.mix, from, to);
    ring.copyBacking(position, this.left, this.right, from, to);
    for (let i = from; i < to; i++) {
      const backing = this.backing + step * (i + 1 - begin);
      this.left[i] = (this.mix[i] as number) + (this.left[i] as number) * backing;
      this.right[i] = (this.mix[i] as number) + (this.right[i] as number) * backing;
    }
  }

  private addMetronome(from: number, to: number, metronome: number): void {
    const step = (metronome - this.metronome) / (to - from);
    this.ring?.addMetronome(this.first + from, this.left, this.right, from, to, this.metronome + step, step);
    this.metronome = metronome;
  }

  private addPart(from: number, to: number, part: number): void {
    const step = (part - this.part) / (to - from);
    if (part > 0 || this.part > 0) this.ring?.addPart(this.first + from + this.mixDelay, this.left, this.right, from, to, this.part + step, step);
    this.part = part;
  }

  private forgetBefore(from: number): void {
    const forgotten = from - this.first;
    if (forgotten < 0 || forgotten > this.length) {
      // Frames were skipped: nothing of the window is of use.
      this.length = 0;
    } else if (forgotten > 0) {
      this.left.copyWithin(0, forgotten, this.length);
      this.right.copyWithin(0, forgotten, this.length);
      this.length -= forgotten;
    }
    this.first = from;
  }
}
