import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import { leadersPage, SongScore, type LoadPage, type PagePicture } from '../../../src/features/scores/song_score.js';
import { enterRoom, nextRoom, type RoomState } from '../../../src/state/room.js';
import { NO_PLAN, type Mark } from '../../../src/wire/control/control.js';
import { bad, good } from '../../../src/wire/result.js';
import { song, welcome } from '../../samples.js';

const turn = (position: number, page: string): Mark => ({ id: `p${position}`, position, kind: 'page', payload: page });
const SCORE = { id: 's', title: 'Evening', pages: 5 };

function roomWith(change: Partial<RoomState> = {}): RoomState {
  return { ...enterRoom(welcome({ scores: [SCORE], plan: { ...NO_PLAN, score: 's' } })), ...change };
}

describe('the page that the leader shows', () => {
  it('is the last that was marked where one hears the song, and the first before that', () => {
    const marks = [turn(100, '1'), turn(200, '2'), turn(300, '0')];
    expect(leadersPage(marks, 5, null)).toBe(0);
    expect(leadersPage(marks, 5, 99)).toBe(0);
    expect(leadersPage(marks, 5, 100)).toBe(1);
    expect(leadersPage(marks, 5, 250)).toBe(2);
    expect(leadersPage(marks, 5, 301)).toBe(0);
  });

  it('is the first where a mark names none that the score has', () => {
    for (const page of ['5', '-1', '1.5', 'x']) expect(leadersPage([turn(0, page)], 5, 10)).toBe(0);
  });
});

describe('the scores of the room', () => {
  it('are told with the welcome and when they change, with what is prepared and what failed', () => {
    let room = roomWith();
    expect(room.scores).toEqual([SCORE]);
    const hear = (message: Parameters<typeof nextRoom>[1]): RoomState => (room = nextRoom(room, message) as RoomState);
    expect(hear({ type: 'score_progress', name: 'Psalm', progress: 0.5, error: null }).scoresPreparing).toEqual({ Psalm: 0.5 });
    expect(hear({ type: 'score_progress', name: 'Psalm', progress: 1, error: 'It is locked.' }).scoresPreparing).toEqual({});
    expect(room.scoresFailed).toEqual({ Psalm: { english: 'It is locked.' } });
    hear({ type: 'score_progress', name: 'Psalm', progress: 0.2, error: null });
    expect(room.scoresFailed).toEqual({});
    expect(hear({ type: 'scores', scores: [SCORE, { id: 't', title: 'Psalm', pages: 1 }] }).scoresPreparing).toEqual({});
  });

  it('lose the marks of their pages when another one is chosen, and keep those of lines', () => {
    const line: Mark = { ...turn(5, '2'), id: 'line', kind: 'line' };
    const room = nextRoom(roomWith({ marks: [turn(1, '1'), line] }), { type: 'plan', plan: { ...NO_PLAN, score: 't' } });
    expect(room?.marks).toEqual([line]);
  });
});

describe('the score of the song', () => {
  const drawn: string[] = [];
  const closed: number[] = [];
  const load: LoadPage = (_, score, page) => {
    drawn.push(`${score} ${page}`);
    const picture: PagePicture = { width: page + 1, height: 1, source: {} as CanvasImageSource, close: () => closed.push(page) };
    return Promise.resolve(good(picture));
  };

  it('is loaded page by page with its neighbours, and lets go of the others', async () => {
    drawn.length = 0;
    closed.length = 0;
    const score = new SongScore({ roomId: 'r', room: signal<RoomState | null>(roomWith()), heard: signal(null) }, load);
    await expect.poll(() => score.picture.value?.width).toBe(1);
    await expect.poll(() => drawn).toEqual(['s 0', 's 1']);
    score.turnTo(1);
    await expect.poll(() => score.picture.value?.width).toBe(2);
    await expect.poll(() => drawn).toEqual(['s 0', 's 1', 's 2']);
    score.turnTo(3);
    await expect.poll(() => score.picture.value?.width).toBe(4);
    await expect.poll(() => [...closed].sort()).toEqual([0, 1]);
    score.turnTo(5);
    expect(score.page.value).toBe(3);
    score.close();
    expect(closed).toContain(3);
  });

  it('shows the leader’s pages where one hears them, one’s own after a turn, and the leader’s again when asked', () => {
    const heard = signal<number | null>(null);
    const room = signal<RoomState | null>(roomWith({ song: song(), marks: [turn(1_000, '3')] }));
    const score = new SongScore({ roomId: 'r', room, heard }, load);
    expect(score.page.value).toBe(0);
    heard.value = 999;
    expect(score.page.value).toBe(0);
    heard.value = 1_000;
    expect(score.page.value).toBe(3);
    score.turnTo(2);
    expect([score.page.value, score.follows.value]).toEqual([2, false]);
    score.follow();
    expect(score.page.value).toBe(3);
    score.turnTo(4);
    room.value = roomWith({ song: song({ number: 2 }), marks: [] });
    expect([score.page.value, score.follows.value]).toEqual([0, true]);
    score.close();
  });

  it('says why a page cannot be shown, and tries again when asked', async () => {
    let works = false;
    const score = new SongScore({ roomId: 'r', room: signal<RoomState | null>(roomWith()), heard: signal(null) }, (...asked) =>
      works ? load(...asked) : Promise.resolve(bad('The server is away.')),
    );
    await expect.poll(() => score.problem.value).toBe('The server is away.');
    works = true;
    score.reload();
    await expect.poll(() => score.picture.value?.width).toBe(1);
    expect(score.problem.value).toBeNull();
    score.close();
  });
});
