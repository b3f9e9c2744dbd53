// Which rows the console has, in which order, and which of them are seen. Pure.
import type { Person } from '../../wire/control/control.js';
import { sounds, type ConsoleBoard } from './board.js';

export const ORDERS = ['loudness', 'lateness', 'bucket', 'name', 'part'] as const;
export type Order = (typeof ORDERS)[number];

/** Those who sing and are there, sorted; whoever is equal by name. */
export function sortedSingers(people: readonly Person[], board: ConsoleBoard, order: Order, nowMs: number): Person[] {
  const level = (person: Person): number => {
    const levels = board.of(person.id);
    return sounds(levels, nowMs) ? levels.afterDb : -Infinity;
  };
  const late = (person: Person): number => board.of(person.id)?.latePercent ?? -1;
  const loop = (person: Person): number => board.of(person.id)?.loopMs ?? -1;
  const byName = (a: Person, b: Person): number => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1);
  const compare: Record<Order, (a: Person, b: Person) => number> = {
    // Equal infinities differ by NaN, which counts as nothing.
    loudness: (a, b) => level(b) - level(a) || 0,
    lateness: (a, b) => late(b) - late(a) || loop(b) - loop(a),
    bucket: (a, b) => a.bucket - b.bucket,
    name: () => 0,
    // Who sings no part comes last.
    part: (a, b) => Number(a.part === '') - Number(b.part === '') || a.part.localeCompare(b.part),
  };
  return people.filter((person) => person.role === 'singer' && person.connected).sort((a, b) => compare[order](a, b) || byName(a, b));
}

/** Rows above and below what is seen, so that scrolling shows no gap. */
const SPARE_ROWS = 3;

/** The first row to draw and the one behind the last. */
export function seenRows(scrollTop: number, height: number, rowHeight: number, count: number): [number, number] {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - SPARE_ROWS);
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + SPARE_ROWS);
  return [Math.min(first, end), end];
}
