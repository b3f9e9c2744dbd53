import { describe, expect, it } from 'vitest';
import { ASK_MS, GIVE_UP_MS, IdleWatch } from '../../../src/features/idle/idle.js';

const singer = { sings: true, song: false };

describe('somebody who gives no sign of life', () => {
  it('is asked after a quarter of an hour, and listens only when she has not answered, once', () => {
    const watch = new IdleWatch(0);
    expect([watch.look(ASK_MS - 1, singer), watch.state]).toEqual([false, 'here']);
    expect([watch.look(ASK_MS, singer), watch.state]).toEqual([false, 'asked']);
    expect(watch.look(ASK_MS + GIVE_UP_MS - 1, singer)).toBe(false);
    expect([watch.look(ASK_MS + GIVE_UP_MS, singer), watch.state]).toEqual([true, 'gone']);
    expect(watch.look(ASK_MS + GIVE_UP_MS + 1, singer)).toBe(false);
    watch.sign(ASK_MS + GIVE_UP_MS + 2);
    expect(watch.state).toBe('here');
  });

  it('answers by anything that she does', () => {
    const watch = new IdleWatch(0);
    watch.look(ASK_MS, singer);
    watch.sign(ASK_MS + 5);
    expect(watch.state).toBe('here');
    expect([watch.look(2 * ASK_MS, singer), watch.state]).toEqual([false, 'here']);
  });

  it('is asked nothing in a song, and has all her time for the answer after it', () => {
    const watch = new IdleWatch(0);
    watch.look(ASK_MS * 2, { sings: true, song: true });
    expect(watch.state).toBe('here');
    watch.look(ASK_MS * 2, singer);
    const end = ASK_MS * 3;
    expect(watch.look(end, { sings: true, song: true })).toBe(false);
    expect(watch.look(end + GIVE_UP_MS - 1, singer)).toBe(false);
    expect(watch.look(end + GIVE_UP_MS, singer)).toBe(true);
  });

  it('is left alone where she only listens', () => {
    const watch = new IdleWatch(0);
    expect([watch.look(ASK_MS * 9, { sings: false, song: false }), watch.state]).toEqual([false, 'here']);
  });
});
