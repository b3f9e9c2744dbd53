// The shape of a recording's sound, from its peaks to a path to draw. Pure.
import * as v from 'valibot';

const peaks = v.array(v.pipe(v.number(), v.finite()));
const shape = v.union([peaks, v.object({ peaks })]);
const MOST_PEAKS = 10_000;

/** The peaks of `waveform.json`, 0 to 1; null where it cannot be read. */
export function readPeaks(body: unknown): number[] | null {
  const read = v.safeParse(shape, body);
  if (!read.success) return null;
  const list = Array.isArray(read.output) ? read.output : read.output.peaks;
  return list.length === 0 || list.length > MOST_PEAKS ? null : list.map((peak) => Math.min(1, Math.abs(peak)));
}

/** A closed path in a box of width `columns` and height 2, around the middle 1. As loud as can be fills it; silence leaves a line. */
export function pathOf(list: readonly number[], columns: number): string {
  const most = Math.max(0.05, ...list);
  const heights = Array.from({ length: columns }, (_, i) => {
    const from = Math.floor((i * list.length) / columns);
    const to = Math.max(from + 1, Math.floor(((i + 1) * list.length) / columns));
    let height = 0;
    for (let at = from; at < to; at++) height = Math.max(height, list[at] ?? 0);
    return Math.max(0.02, height / most);
  });
  const above = heights.map((height, i) => `${i} ${(1 - height).toFixed(3)}L${i + 1} ${(1 - height).toFixed(3)}`);
  const below = heights.map((height, i) => `${i + 1} ${(1 + height).toFixed(3)}L${i} ${(1 + height).toFixed(3)}`).reverse();
  return `M${[...above, ...below].join('L')}Z`;
}
