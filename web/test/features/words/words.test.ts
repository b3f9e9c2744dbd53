import { readFileSync } from 'node:fs';
import { signal } from '@preact/signals';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { clockOf, isTimedWhole, lineAt, nextLine, shifted, shiftedOne, stretches } from '../../../src/features/words/lines.js';
import { SongWords } from '../../../src/features/words/song_words.js';
import type { ShownWords } from '../../../src/net/words.js';
import { enterRoom, nextRoom, type RoomState } from '../../../src/state/room.js';
import { bad, good, type Result } from '../../../src/wire/result.js';
import { NO_PLAN, type Plan } from '../../../src/wire/control/plan.js';
import { sheetLine, type Mark, type Sheet, type SheetLine } from '../../../src/wire/control/words.js';
import { song, welcome } from '../../samples.js';

const line = (text: string, at_ms: number | null = null): SheetLine => ({ text, chords: [], at_ms, section: '' });
const tap = (position: number, to: number): Mark => ({ id: `t${position}`, position, kind: 'line', payload: String(to) });
const SECOND = 48_000;

describe('the golden words of the server', () => {
  interface Vector {
    name: string;
    lines?: object[];
  }
  const vectors = JSON.parse(readFileSync(new URL('../../../../tests/golden/words.json', import.meta.url), 'utf8')) as Vector[];

  it.each(vectors.filter(({ lines }) => lines !== undefined))('$name: each line is read', ({ lines }) => {
    const read = v.parse(v.array(sheetLine), lines);
    expect(read).toEqual(lines?.map((one) => ({ chords: [], at_ms: null, section: '', ...one })));
    for (const one of read)
      expect(
        stretches(one)
          .map(({ text }) => text)
          .join(''),
      ).toBe(one.text);
  });
});

describe('the line that is sung', () => {
  const music = 100 * SECOND;
  const lines = [line('one', 0), line('two', 2_000), line(''), line('three', 4_000)];

  it('follows the times from where the music begins', () => {
    expect(lineAt(lines, [], music, null)).toBeNull();
    expect(lineAt(lines, [], music, music - 1)).toBeNull();
    expect(lineAt(lines, [], music, music)).toBe(0);
    expect(lineAt(lines, [], music, music + 3 * SECOND)).toBe(1);
    expect(lineAt(lines, [], music, music + 9 * SECOND)).toBe(3);
  });

  it('is where the leader tapped, until a later time comes', () => {
    const taps = [tap(music + SECOND, 3), tap(music + 5 * SECOND, 0), tap(music + 6 * SECOND, 99)];
    expect(lineAt(lines, taps, music, music + 1.5 * SECOND)).toBe(3);
    expect(lineAt(lines, taps, music, music + 2.5 * SECOND)).toBe(1);
    expect(lineAt(lines, taps, music, music + 5.5 * SECOND)).toBe(0);
    expect(lineAt(lines, taps, music, music + 6.5 * SECOND)).toBe(3);
    expect(lineAt([line('one')], [tap(music, 0)], music, music)).toBe(0);
  });

  it('is followed by the next that has words', () => {
    expect(nextLine(lines, null)).toBe(0);
    expect(nextLine(lines, 1)).toBe(3);
    expect(nextLine(lines, 3)).toBeNull();
    expect(isTimedWhole(lines)).toBe(true);
    expect(isTimedWhole([line('one')])).toBe(false);
  });
});

describe('times that are corrected', () => {
  it('are moved all, or one and those in its way', () => {
    expect(shifted([50, null, 500], -100)).toEqual([0, null, 400]);
    expect(shiftedOne([100, 200, null, 300], 1, -150)).toEqual([50, 50, null, 300]);
    expect(shiftedOne([100, 200, null, 300], 1, 150)).toEqual([100, 350, null, 350]);
    expect(clockOf(62_340)).toBe('1:02.3');
  });
});

describe('chords', () => {
  it('stand above the characters that follow them', () => {
    expect(
      stretches({
        ...line('é🎶ab'),
        chords: [
          [1, 'C'],
          [4, 'G'],
        ],
      }),
    ).toEqual([
      { chord: '', text: 'é' },
      { chord: 'C', text: '🎶ab' },
      { chord: 'G', text: '' },
    ]);
  });
});

describe('the chosen words', () => {
  const sheet = (id: string, version = 1): Sheet => ({ id, title: id, format: 'plain', lines: 1, timed: 0, version });
  const chosen = (words: string | null): Plan => ({ ...NO_PLAN, words });

  function house(): {
    room: ReturnType<typeof signal<RoomState | null>>;
    words: SongWords;
    asked: string[];
    answer: (result: Result<ShownWords>) => Promise<void>;
  } {
    const room = signal<RoomState | null>(null);
    const asked: string[] = [];
    let answer: (result: Result<ShownWords>) => void = () => undefined;
    const words = new SongWords({ roomId: 'abc', room, heard: signal(null) }, ({ token }, id) => {
      asked.push(`${token} ${id}`);
      return new Promise((resolve) => (answer = resolve));
    });
    return {
      room,
      words,
      asked,
      answer: async (result) => {
        answer(result);
        await Promise.resolve();
        await Promise.resolve();
      },
    };
  }

  it('are loaded when they are chosen or changed, and again when it went wrong', async () => {
    const { room, words, asked, answer } = house();
    expect(asked).toEqual([]);
    room.value = enterRoom(welcome({ sheets: [sheet('a')], plan: chosen('a') }));
    expect(asked).toEqual(['token a']);
    await answer(bad('No.'));
    expect(words.problem.value).toBe('No.');
    words.reload();
    expect(words.problem.value).toBeNull();
    await answer(good({ sheet: sheet('a'), lines: [line('one', 0)] }));
    expect(words.shown.value?.lines).toHaveLength(1);
    room.value = nextRoom(room.value, { type: 'song', song: song({ number: 1 }) });
    expect(asked).toHaveLength(2);
    room.value = nextRoom(room.value, { type: 'sheets', sheets: [sheet('a', 2)] });
    expect(words.shown.value?.sheet.version).toBe(1);
    await answer(good({ sheet: sheet('a', 2), lines: [] }));
    expect(words.shown.value?.sheet.version).toBe(2);
    room.value = nextRoom(room.value, { type: 'plan', plan: chosen(null) });
    expect(words.shown.value).toBeNull();
    expect(asked).toHaveLength(3);
    words.close();
  });

  it('are not taken for others that came quicker', async () => {
    const { room, words, asked, answer } = house();
    room.value = enterRoom(welcome({ sheets: [sheet('a'), sheet('b')], plan: chosen('a') }));
    const late = answer(good({ sheet: sheet('a'), lines: [] }));
    room.value = nextRoom(room.value, { type: 'plan', plan: chosen('b') });
    await late;
    expect(words.shown.value).toBeNull();
    expect(asked).toEqual(['token a', 'token b']);
    words.close();
  });
});
