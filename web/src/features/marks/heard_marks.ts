// Which marks are heard now: each fires once, when its position is heard here. Pure but for what it remembers.
import type { Mark } from '../../wire/control/control.js';

/** The last mark of a kind that lies at or before the position heard; null: none yet. `marks` are in the order of their positions. */
export function lastMark(marks: readonly Mark[], kind: string, heard: number | null): Mark | null {
  if (heard === null) return null;
  return marks.findLast((mark) => mark.kind === kind && mark.position <= heard) ?? null;
}

export class HeardMarks {
  private song = -1;
  /** Where one began to hear this song: what lies before is of the past. */
  private from: number | null = null;
  private fired = new Map<string, number>();

  /** Those that are heard since the last call. */
  take(song: number, marks: readonly Mark[], heard: number | null): Mark[] {
    if (song !== this.song) {
      this.song = song;
      this.from = null;
      this.fired = new Map();
    }
    if (heard === null) return [];
    this.from ??= heard;
    const from = this.from;
    const due = marks.filter((mark) => mark.position >= from && mark.position <= heard && this.fired.get(mark.id) !== mark.position);
    for (const mark of due) this.fired.set(mark.id, mark.position);
    return due;
  }
}
