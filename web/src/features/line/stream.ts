// The picture of the line: a stream that swells from group to group, as each adds its voices, and how far down the song has come. Pure.
import { BLOCK, SAMPLE_RATE } from '../../units.js';
import type { Person, Settings, Song } from '../../wire/control/control.js';
import { t } from '../../i18n/words.js';

/** The part of the stream in which the song is, as shares of its length. */
export interface Flow {
  from: number;
  to: number;
}

/** Steps in which it moves: finer ones would be drawn for nobody. */
const STEPS = 500;

/** Where on the stream is what began so many seconds ago; the groups stand in the middles of equal parts. */
export function placeOf(seconds: number, settings: Settings): number {
  const count = settings.buckets;
  const first = ((settings.offsets[0] ?? 0) * BLOCK) / SAMPLE_RATE;
  const interval = (settings.interval_blocks * BLOCK) / SAMPLE_RATE;
  const share = (0.5 + (seconds - first) / interval) / count;
  return Math.round(Math.min(1, Math.max(0, share)) * STEPS) / STEPS;
}

/** Null between songs. */
export function flowOf(room: { song: Song; settings: Settings }, now: number): Flow | null {
  const { song, settings } = room;
  if (song.state !== 'playing') return null;
  const from = song.end === null ? 0 : placeOf((now - song.end) / SAMPLE_RATE, settings);
  return { from: now < (song.end ?? Infinity) ? 0 : from, to: now < song.start ? 0 : placeOf((now - song.start) / SAMPLE_RATE, settings) };
}

/** Whoever is heard in the mix. */
export function sings(person: Person): boolean {
  return person.role === 'singer' && person.connected && !person.muted;
}

/** How many voices each group hears: those of all groups before it. */
export function voicesHeard(people: readonly Person[], buckets: number): number[] {
  const counts = Array.from({ length: buckets }, (_, i) => people.filter((person) => person.bucket === i + 1 && sings(person)).length);
  let sum = 0;
  return counts.map((count) => (sum += count) - count);
}

/** As "hears 12 voices". */
export function hearsText(voices: number): string {
  if (voices === 0) return t.line.hearsNoVoiceYet;
  return t.line.hearsVoices({ voices });
}

/** What the group that begins, or one behind it, hears. */
export function groupText(bucket: number, voices: number): string {
  return bucket === 1 ? t.line.beginsTheSong : hearsText(voices);
}

/** With fewer voices it stays a brook. */
const FULL = 8;

/** The outline of the stream in a box of 100 by 100, swelling with the voices; never thinner than a line, nor higher than the box. */
export function streamPath(voices: readonly number[], all: number): string {
  const most = Math.sqrt(Math.max(FULL, all));
  const half = (count: number): number => Math.round((2 + 44 * (Math.sqrt(count) / most)) * 10) / 10;
  const count = voices.length;
  const points: [number, number][] = [
    [0, half(0)],
    ...voices.map((heard, i): [number, number] => [Math.round(((i + 0.5) / count) * 1000) / 10, half(heard)]),
    [100, half(all)],
  ];
  return `${curve(points, -1, 'M')}${curve([...points].reverse(), 1, 'L')}Z`;
}

/** Through the points, level at each. */
function curve(points: readonly [number, number][], side: 1 | -1, begin: 'M' | 'L'): string {
  return points
    .map(([x, half], i) => {
      const y = 50 + side * half;
      const before = points[i - 1];
      if (!before) return `${begin}${x} ${y}`;
      const middle = (before[0] + x) / 2;
      return `C${middle} ${50 + side * before[1]} ${middle} ${y} ${x} ${y}`;
    })
    .join('');
}

/** For a small round picture of somebody: the first letters of the first two words of the name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? words.slice(0, 2).map(firstLetter) : [...(words[0] ?? '')].slice(0, 2);
  return letters.join('');
}

function firstLetter(word: string): string {
  return [...word][0] ?? '';
}
