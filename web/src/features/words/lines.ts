// Which line of the words is sung, and how lines and chords are laid out. Pure.
import { FRAMES_PER_MS } from '../../units.js';
import { LINE_MARK, type Mark, type SheetLine } from '../../wire/control/control.js';
import { lastMark } from '../marks/heard_marks.js';

/** A gap between verses: nobody sings it. */
export function isGap(line: SheetLine): boolean {
  return line.text === '' && line.chords.length === 0;
}

/** The next line that is sung; null: there is none. */
export function nextLine(lines: readonly SheetLine[], line: number | null): number | null {
  const found = lines.findIndex((one, i) => i > (line ?? -1) && !isGap(one));
  return found < 0 ? null : found;
}

/** The line that is sung at the position heard: by its time or by the leader's last tap, whichever came last. `music`: where the music begins. */
export function lineAt(lines: readonly SheetLine[], marks: readonly Mark[], music: number, heard: number | null): number | null {
  if (heard === null) return null;
  const positionOf = ({ at_ms }: SheetLine): number => (at_ms === null ? Infinity : music + at_ms * FRAMES_PER_MS);
  const timed = lines.findLastIndex((line) => positionOf(line) <= heard);
  const mark = lastMark(marks, LINE_MARK, heard);
  const tapped = mark === null ? NaN : Number(mark.payload);
  const isTapped = mark !== null && tapped >= 0 && tapped < lines.length;
  const timedLine = lines[timed];
  if (!timedLine) return isTapped ? tapped : null;
  return isTapped && mark.position >= positionOf(timedLine) ? tapped : timed;
}

export function isTimed(lines: readonly SheetLine[]): boolean {
  return lines.some((line) => line.at_ms !== null);
}

/** Whether every line that is sung has its time. */
export function isTimedWhole(lines: readonly SheetLine[]): boolean {
  return lines.every((line) => line.at_ms !== null || line.text === '');
}

/** A stretch of a line, with the chord above its first character. */
export interface Stretch {
  chord: string;
  text: string;
}

export function stretches({ text, chords }: SheetLine): Stretch[] {
  const characters = Array.from(text);
  const part = (from: number, to?: number): string => characters.slice(from, to).join('');
  const first = chords[0]?.[0] ?? characters.length;
  const out: Stretch[] = first > 0 && characters.length > 0 ? [{ chord: '', text: part(0, first) }] : [];
  chords.forEach(([column, name], i) => out.push({ chord: name, text: part(column, chords[i + 1]?.[0]) }));
  return out;
}

/** All times moved by so many ms; none before the music begins. */
export function shifted(times: readonly (number | null)[], ms: number): (number | null)[] {
  return times.map((at) => (at === null ? null : Math.max(0, at + ms)));
}

/** One of them moved, and those that would contradict it with it. */
export function shiftedOne(times: readonly (number | null)[], line: number, ms: number): (number | null)[] {
  const at = Math.max(0, (times[line] ?? 0) + ms);
  return times.map((other, i) => {
    if (i === line) return at;
    if (other === null) return null;
    return i < line ? Math.min(other, at) : Math.max(other, at);
  });
}

/** As in [01:23.4]. */
export function clockOf(ms: number): string {
  const tenths = Math.round(ms / 100);
  const seconds = (tenths % 600) / 10;
  return `${Math.floor(tenths / 600)}:${seconds.toFixed(1).padStart(4, '0')}`;
}
