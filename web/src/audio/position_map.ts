// Which position was heard at which frame: stretches of frames with a constant difference, oldest first. Kept by the codec worker from what the
// worklet reports, so that it is the truth and not the wish.

export interface Stretch {
  /** First frame of it. */
  from: number;
  /** Position = frame + offset; null where nothing was played. */
  offset: number | null;
  song: number;
  bucket: number;
}

/** A stretch and the frame at which it ended; Infinity: it lasts. */
export interface Span extends Stretch {
  to: number;
}

/** Old stretches are forgotten beyond this count: a round trip is far shorter. */
const KEPT = 16;

export class PositionMap {
  private readonly stretches: Stretch[] = [];

  /** From `stretch.from` on, until the next call. Frames must rise. */
  add(stretch: Stretch): void {
    const last = this.stretches.at(-1);
    if (last && stretch.from <= last.from) this.stretches.pop();
    this.stretches.push(stretch);
    if (this.stretches.length > KEPT) this.stretches.shift();
  }

  /** The position that was heard at `frame`, or null. */
  positionAt(frame: number): number | null {
    const stretch = this.stretches.findLast((candidate) => candidate.from <= frame);
    return !stretch || stretch.offset === null ? null : frame + stretch.offset;
  }

  /** In order, oldest first. */
  *spans(): Iterable<Span> {
    for (let i = 0; i < this.stretches.length; i++) {
      const stretch = this.stretches[i] as Stretch;
      yield { ...stretch, to: this.stretches[i + 1]?.from ?? Infinity };
    }
  }

  /** The stretch that lasts. */
  get current(): Stretch | null {
    return this.stretches.at(-1) ?? null;
  }
}
