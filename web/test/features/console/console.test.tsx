import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { renderToString } from 'preact-render-to-string';
import { ConsoleBoard } from '../../../src/features/console/board.js';
import { FaderSender } from '../../../src/features/console/commands.js';
import { Console } from '../../../src/features/console/console_dialog.js';
import { volumeText } from '../../../src/features/console/room_faders.js';
import { seenRows, sortedSingers } from '../../../src/features/console/rows.js';
import { lateSongsText, lateText, levelText, troubles } from '../../../src/features/console/words.js';
import type { Session } from '../../../src/session/session.js';
import { enterRoom } from '../../../src/state/room.js';
import type { Command, Person, SingerLevels } from '../../../src/wire/control/control.js';
import { person, welcome } from '../../samples.js';

beforeEach(() => vi.stubGlobal('matchMedia', () => ({ matches: false })));
afterEach(() => vi.unstubAllGlobals());

const levels = (
  id: string,
  afterDb: number,
  change: Partial<Record<'noise' | 'loop', number | null>> & { clips?: number; late?: number } = {},
): SingerLevels => [id, afterDb + 10, afterDb - 3, afterDb, change.noise ?? null, change.clips ?? 0, change.loop ?? null, change.late ?? 0];

function boardOf(...people: SingerLevels[]): ConsoleBoard {
  const board = new ConsoleBoard();
  board.take({ type: 'levels', people }, 1_000);
  return board;
}

describe('the order of the singers', () => {
  const people = [
    person({ id: 'a', name: 'Ann', bucket: 3, part: '' }),
    person({ id: 'b', name: 'Ben', bucket: 1, part: 'Tenor' }),
    person({ id: 'c', name: 'Cy', bucket: 2, part: 'Alto' }),
    person({ id: 'd', name: 'Dee', role: 'listener' }),
    person({ id: 'e', name: 'Eve', connected: false }),
  ];
  const board = boardOf(levels('a', -30, { loop: 200, late: 1 }), levels('c', -20, { loop: 300, late: 1 }));
  const ids = (order: Parameters<typeof sortedSingers>[2], nowMs = 1_100): string =>
    sortedSingers(people, board, order, nowMs)
      .map(({ id }) => id)
      .join('');

  it('is by what one asks for, and by name where that is equal; only who sings and is there is shown', () => {
    expect(ids('loudness')).toBe('cab');
    expect(ids('lateness')).toBe('cab');
    expect(ids('bucket')).toBe('bca');
    expect(ids('name')).toBe('abc');
    expect(ids('part')).toBe('cba');
  });

  it('takes whoever was not heard lately as silent', () => {
    expect(ids('loudness', 9_000)).toBe('abc');
  });
});

describe('the board', () => {
  it('counts clips, and forgets what belonged to another connection', () => {
    const board = boardOf(levels('a', -20, { clips: 2 }));
    board.take({ type: 'levels', people: [levels('a', -20, { clips: 1 })] }, 1_200);
    expect(board.of('a')?.clips).toBe(3);
    board.take({ type: 'console', volumes: { a: 1.5 }, parts: { Alto: 0.5 }, solo: ['a'], late: { a: [2, 5], b: [1, 1] } }, 1_200);
    expect(['a', 'b', 'c'].map((id) => lateSongsText(board.lateSongs(id)))).toEqual(['late in 2 of 5 songs', 'late in the last song', '']);
    expect([board.volumeOf('a'), board.volumeOf('b'), board.partVolume('Alto'), board.isSoloed('a')]).toEqual([1.5, 1, 0.5, true]);
    board.take({ type: 'listening', to: 'solo', offset_blocks: 100 }, 1_200);
    expect(board.listening.value).toEqual({ solo: true, offsetBlocks: 100 });
    board.take(welcome(), 1_300);
    expect(board.listening.value.solo).toBe(false);
  });

  it('tells in words what is to be looked at', () => {
    const board = boardOf(levels('a', -20, { clips: 1, noise: -41.2, loop: 182.4, late: 2.25 }));
    const of = board.of('a');
    expect(levelText(of, 1_100)).toBe('-23 dB, heard at -20 dB');
    expect(levelText(of, 2_000)).toBe('silent');
    expect(lateText(of)).toMatch(/^answers after 182 ms, 2\.[23] % too late$/);
    expect(troubles(of, true, 1_100)).toEqual(['too loud for her microphone', 'noise at -41 dB while not singing', 'loudspeaker open']);
    expect(troubles(of, false, 60_000)).toEqual(['noise at -41 dB while not singing']);
    expect(troubles(null, false, 0)).toEqual([]);
    expect([0, 0.5, 1, 1.5, 2].map(volumeText)).toEqual(['off', '-15 dB', '0 dB', '+15 dB', '+30 dB']);
  });
});

describe('a fader that is drawn along', () => {
  it('says the first value at once and then the newest, a few times a second', () => {
    const sent: Command[] = [];
    const later: (() => void)[] = [];
    const faders = new FaderSender({ send: (command) => sent.push(command) }, (run) => later.push(run));
    const values = (): unknown[] => sent.map((command) => ('volume' in command ? command.volume : null));
    for (const volume of [0.9, 0.8, 0.7]) faders.volume({ type: 'volume', person: 'a', volume });
    faders.volume({ type: 'volume', part: 'Alto', volume: 0.5 });
    expect(values()).toEqual([0.9, 0.5]);
    for (const run of later.splice(0)) run();
    expect(values()).toEqual([0.9, 0.5, 0.7]);
    for (const run of later.splice(0)) run();
    expect(later).toEqual([]);
    faders.volume({ type: 'volume', person: 'a', volume: 1 });
    expect(values()).toEqual([0.9, 0.5, 0.7, 1]);
  });
});

describe('three hundred singers', () => {
  const crowd: Person[] = Array.from({ length: 300 }, (_, i) => person({ id: `p${i}`, name: `Singer ${i}`, bucket: 1 + (i % 8) }));
  const you = person({ id: 'p0', name: 'Singer 0', organiser: true });

  it('are drawn as far as they are seen', () => {
    expect(seenRows(0, 400, 64, 300)).toEqual([0, 10]);
    expect(seenRows(6_400, 400, 64, 300)).toEqual([97, 110]);
    expect(seenRows(300 * 64, 400, 64, 300)).toEqual([297, 300]);
    expect(seenRows(5_000, 400, 64, 2)).toEqual([2, 2]);
    const session = {
      connected: { value: true },
      console: new ConsoleBoard(),
      notices: { shown: { value: [] } },
      send: () => undefined,
    } as unknown as Session;
    const html = renderToString(<Console session={session} room={enterRoom(welcome({ you, people: crowd, rights: ['console', 'settings'] }))} />);
    const rows = html.match(/role="row"/g)?.length ?? 0;
    expect(rows).toBe(10);
    expect(html).toContain('aria-rowcount="300"');
    for (const label of ['Mute Singer 0', 'Solo Singer 0', 'Volume of Singer 0', 'All voices', 'Backing, for all', 'Leader above the others', 'Alto'])
      expect(html).toContain(label);
  });
});
