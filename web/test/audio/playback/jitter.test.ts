import { describe, expect, it } from 'vitest';
import { FRAMES_PER_MS } from '../../../src/units.js';
import { Fastest, Jitter } from '../../../src/audio/playback/jitter.js';

const SECOND = 1_000 * FRAMES_PER_MS;

describe('fastest transit', () => {
  it('is forgotten after 10 to 20 seconds', () => {
    const fastest = new Fastest();
    expect(fastest.transit).toBe(Infinity);
    fastest.note(100, 0);
    for (let s = 1; s <= 9; s++) fastest.note(500, s * SECOND);
    expect(fastest.transit).toBe(100);
    for (let s = 10; s <= 25; s++) fastest.note(500, s * SECOND);
    expect(fastest.transit).toBe(500);
  });
});

describe('jitter', () => {
  it('counts a stall once, however many blocks waited behind it', () => {
    const jitter = new Jitter();
    for (let n = 0; n < 199; n++) jitter.note(n % 10, n * 20 * FRAMES_PER_MS);
    expect(jitter.known).toBe(true);
    // Five blocks at once.
    for (let k = 0; k < 5; k++) jitter.note((100 - 20 * k) * FRAMES_PER_MS, 4_100 * FRAMES_PER_MS);
    expect(jitter.percentile(0.999)).toBe(100 * FRAMES_PER_MS);
    expect(jitter.percentile(0.99)).toBe(9);
  });

  it('does not take what no buffer could make up for', () => {
    const jitter = new Jitter();
    for (let n = 0; n < 100; n++) jitter.note(n === 50 ? 1_400 * FRAMES_PER_MS : 7, n * 0.1 * SECOND);
    expect(jitter.percentile(1)).toBe(7);
  });

  it('forgets what is older than 40 seconds', () => {
    const jitter = new Jitter();
    for (let n = 0; n < 250; n++) jitter.note(n === 100 ? 3_000 : 7, n * 0.04 * SECOND);
    expect(jitter.percentile(1)).toBe(3_000);
    for (let n = 0; n < 90; n++) jitter.note(9, (10 + n / 2) * SECOND);
    expect(jitter.percentile(1)).toBe(9);
    expect(jitter.known).toBe(true);
  });

  it('says nothing before it has seen enough', () => {
    const jitter = new Jitter();
    for (let n = 0; n < 49; n++) jitter.note(7, n * 0.1 * SECOND);
    expect(jitter.known).toBe(false);
  });
});
