// Which position was heard at which frame, oldest first. Kept by the codec worker from what the worklet reports, so that it is the truth and
// not the wish. Frames and positions run alike, but for a slope of some hundred ppm where a sound card drifts: so a run, over which
// positions follow each other without a jump, is a chain of straight pieces.
import type { BucketNumber } from '../../units.js';

export interface Stretch {
  /** First frame of it. */
  from: number;
  /** Position = frame + offset + slip + slope * (frame - from); null where nothing was played. */
  offset: number | null;
  slip?: number;
  slope?: number;
  song: number;
  bucket: BucketNumber;
  /** Goes on where the stretch before ended: only the slope changes. */
  joins?: boolean;
}

interface Piece {
  from: number;
  offset: number;
  slip: number;
  slope: number;
}

/** Old runs and pieces are forgotten beyond these counts: a round trip is far shorter. */
const KEPT_RUNS = 16;
const KEPT_PIECES = 32;

/** Frames over which positions follow each other. */
export class Run {
  /** The frame after the last; Infinity: it lasts. */
  to = Infinity;
  private readonly pieces: Piece[] = [];

  constructor(
    /** Rises from run to run. */
    readonly id: number,
    readonly from: number,
    readonly song: number,
    readonly bucket: BucketNumber,
    readonly silent: boolean,
  ) {}

  add(piece: Piece): void {
    this.pieces.push(piece);
    if (this.pieces.length > KEPT_PIECES) this.pieces.shift();
  }

  /** The position heard at `frame`: whole where the slope is 0 and always was. */
  positionAt(frame: number): number {
    const piece = this.pieces.findLast((candidate) => candidate.from <= frame) ?? (this.pieces[0] as Piece);
    return frame + piece.offset + (piece.slip + piece.slope * (frame - piece.from));
  }

  /** The frame at which the whole number `position` was heard; in between frames where there is drift. */
  frameOf(position: number): number {
    // The whole part is kept apart: positions are so large that a number holds few digits behind the point.
    const ahead = (piece: Piece): number => position - piece.offset - piece.from - piece.slip;
    const piece = this.pieces.findLast((candidate) => ahead(candidate) >= 0) ?? (this.pieces[0] as Piece);
    return piece.from + ahead(piece) / (1 + piece.slope);
  }

  /** How far the mapping has moved by its slope until `frame`. */
  slipAt(frame: number): number {
    const piece = this.pieces.findLast((candidate) => candidate.from <= frame) ?? (this.pieces[0] as Piece);
    return piece.slip + piece.slope * (frame - piece.from);
  }
}

export class PositionMap {
  private readonly kept: Run[] = [];
  private lastId = 0;

  /** From `stretch.from` on, until the next call. Frames must rise. */
  add(stretch: Stretch): void {
    const { from, offset, slip = 0, slope = 0, song, bucket, joins = false } = stretch;
    const last = this.kept.at(-1);
    const piece = offset === null ? null : { from, offset, slip, slope };
    if (joins && piece && last && !last.silent) {
      last.add(piece);
      return;
    }
    if (last && from <= last.from) this.kept.pop();
    const before = this.kept.at(-1);
    if (before) before.to = from;
    const run = new Run(++this.lastId, from, song, bucket, piece === null);
    if (piece) run.add(piece);
    this.kept.push(run);
    if (this.kept.length > KEPT_RUNS) this.kept.shift();
  }

  /** The position that was heard at `frame`, or null. */
  positionAt(frame: number): number | null {
    const run = this.kept.findLast((candidate) => candidate.from <= frame);
    return !run || run.silent ? null : run.positionAt(frame);
  }

  /** In order, oldest first. */
  get runs(): readonly Run[] {
    return this.kept;
  }

  /** The run that lasts. */
  get current(): Run | null {
    return this.kept.at(-1) ?? null;
  }
}
