import { describe, expect, it } from 'vitest';
import { BlockCutter, type Cut } from '../../../src/audio/capture/block_cutter.js';
import { BLOCK, QUANTUM } from '../../../src/units.js';
import { PositionMap } from '../../../src/audio/shared/position_map.js';

const DELAY = 120;

/** Cuts all there is, as the worker does while the microphone delivers quantum after quantum. */
function cutAll(cutter: BlockCutter, from: number, to: number, start = 0, end = Infinity): Cut[] {
  const cuts: Cut[] = [];
  for (let captured = from; captured <= to; captured += QUANTUM) {
    for (let cut = cutter.next(captured, captured - 100_000, start, end); cut; cut = cutter.next(captured, captured - 100_000, start, end)) {
      expect(cut.frameOf(BLOCK - 1) + 1).toBeLessThanOrEqual(captured);
      cuts.push(cut);
    }
  }
  return cuts;
}

describe('block cutter', () => {
  it('gives each sample the position that was heard a round trip before it', () => {
    const map = new PositionMap();
    const cutter = new BlockCutter(map, DELAY);
    const offset = 7_654_321;
    const roundTrip = 4_321;
    cutter.setRoundTrip(roundTrip);
    map.add({ from: 1_000, offset, song: 1, bucket: 2 });
    const cuts = cutAll(cutter, 0, 100_000);
    expect(cuts.length).toBeGreaterThan(90);
    for (const cut of cuts) {
      expect(cut.position % BLOCK).toBe(0);
      // The encoder and decoder delay the first sample by DELAY: it must come out where it was heard.
      const heardAt = cut.frame - roundTrip;
      expect(map.positionAt(heardAt)).toBe(cut.position + DELAY);
    }
  });

  it('cuts blocks that follow each other without a gap, and says so only at the first', () => {
    const map = new PositionMap();
    const cutter = new BlockCutter(map, DELAY);
    map.add({ from: 0, offset: 480, song: 1, bucket: 1 });
    const cuts = cutAll(cutter, 0, 50_000);
    cuts.slice(1).forEach((cut, i) => {
      expect(cut.position).toBe((cuts[i] as Cut).position + BLOCK);
      expect(cut.frame).toBe((cuts[i] as Cut).frame + BLOCK);
    });
    expect(cuts.map((cut) => cut.fresh)).toEqual([true, ...cuts.slice(1).map(() => false)]);
  });

  it('hands a block out as soon as it is full', () => {
    const map = new PositionMap();
    const cutter = new BlockCutter(map, DELAY);
    map.add({ from: 0, offset: 0, song: 1, bucket: 1 });
    expect(cutter.next(DELAY + BLOCK - 1, 0, 0, Infinity)).toBeNull();
    expect(cutter.next(DELAY + BLOCK, 0, 0, Infinity)).toMatchObject({ position: 0, frame: DELAY });
  });

  it('keeps inside of the song', () => {
    const map = new PositionMap();
    const cutter = new BlockCutter(map, DELAY);
    map.add({ from: 0, offset: 0, song: 1, bucket: 1 });
    const cuts = cutAll(cutter, 0, 60_000, 9_700, 20_000);
    expect(cuts[0]?.position).toBe(10_560);
    expect(cuts.at(-1)?.position).toBe(18_240);
  });

  it('goes on with rising positions when playback was moved later, and starts the encoder anew', () => {
    const map = new PositionMap();
    const cutter = new BlockCutter(map, DELAY);
    cutter.setRoundTrip(2_000);
    map.add({ from: 0, offset: 0, song: 1, bucket: 1 });
    const before = cutAll(cutter, 0, 48_000);
    map.add({ from: 46_500, offset: -3_333, song: 1, bucket: 1 });
    const after = cutAll(cutter, 48_000, 96_000);
    const positions = [...before, ...after].map((cut) => cut.position);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
    expect(new Set(positions).size).toBe(positions.length);
    const moved = after.find((cut) => cut.fresh) as Cut;
    expect(moved.frame - 2_000 - 3_333).toBe(moved.position + DELAY);
    expect(after.filter((cut) => cut.fresh)).toHaveLength(1);
  });

  it('cuts what was heard before a move in full, though it is captured after it', () => {
    const map = new PositionMap();
    const cutter = new BlockCutter(map, DELAY);
    cutter.setRoundTrip(5_000);
    map.add({ from: 0, offset: 0, song: 1, bucket: 1 });
    map.add({ from: 9_600, offset: 96_000, song: 1, bucket: 1 });
    const cuts = cutAll(cutter, 0, 30_000);
    const old = cuts.filter((cut) => cut.position < 96_000);
    expect(old.at(-1)?.position).toBe(8 * BLOCK);
    expect(cuts[old.length]).toMatchObject({ fresh: true, position: Math.ceil((96_000 + 9_600) / BLOCK) * BLOCK });
  });

  it('may go back in position in another bucket, but never returns to a stretch that is over', () => {
    const map = new PositionMap();
    const cutter = new BlockCutter(map, DELAY);
    map.add({ from: 0, offset: 480_000, song: 1, bucket: 1 });
    const first = cutAll(cutter, 0, 20_000);
    map.add({ from: 20_000, offset: null, song: 1, bucket: 1 });
    map.add({ from: 24_000, offset: 400_000, song: 1, bucket: 3 });
    const second = cutAll(cutter, 20_000, 60_000);
    expect(first.every((cut) => cut.bucket === 1)).toBe(true);
    expect(second.every((cut) => cut.bucket === 3 && cut.position >= 424_000)).toBe(true);
    expect(second[0]?.position).toBe(424_320);
    expect(second[0]?.fresh).toBe(true);
  });

  it('skips what was overwritten before it could be read', () => {
    const map = new PositionMap();
    const cutter = new BlockCutter(map, DELAY);
    map.add({ from: 0, offset: 0, song: 1, bucket: 1 });
    expect(cutter.next(10_000, 0, 0, Infinity)?.frame).toBe(DELAY);
    const cut = cutter.next(200_000, 100_000, 0, Infinity) as Cut;
    expect(cut.frame).toBeGreaterThanOrEqual(100_000);
    expect(cut).toMatchObject({ fresh: true, frame: cut.position + DELAY });
  });

  it('starts a new grid when the round trip is set', () => {
    const map = new PositionMap();
    const cutter = new BlockCutter(map, DELAY);
    map.add({ from: 0, offset: 0, song: 1, bucket: 1 });
    const before = cutAll(cutter, 0, 10_000);
    cutter.setRoundTrip(1_500.4);
    const cut = cutter.next(20_000, 0, 0, Infinity) as Cut;
    expect(cut).toMatchObject({ fresh: true, frame: cut.position + DELAY + 1_500 });
    expect(cut.position).toBe((before.at(-1) as Cut).position + BLOCK);
  });
});

describe('block cutter on a sound card that drifts', () => {
  const PPM = 300e-6;

  it('cuts blocks that follow each other, at the places of their positions, over changes of the slope', () => {
    const map = new PositionMap();
    const cutter = new BlockCutter(map, DELAY);
    cutter.setRoundTrip(4_321);
    const offset = 86_000_000_000_000;
    map.add({ from: 0, offset, song: 1, bucket: 1 });
    map.add({ from: 100_000, offset, slip: 0, slope: PPM, song: 1, bucket: 1, joins: true });
    map.add({ from: 200_000, offset, slip: 100_000 * PPM, slope: -PPM, song: 1, bucket: 1, joins: true });
    const cuts = cutAll(cutter, 0, 300_000);
    const captured = (position: number): number => {
      const flat = position - offset;
      if (flat < 100_000) return flat + 4_321;
      const bend = 200_000 + 100_000 * PPM;
      return (flat < bend ? 100_000 + (flat - 100_000) / (1 + PPM) : 200_000 + (flat - bend) / (1 - PPM)) + 4_321;
    };
    cuts.forEach((cut, n) => {
      expect(cut.position).toBe((cuts[0] as Cut).position + n * BLOCK);
      expect(cut.fresh).toBe(n === 0);
      expect(cut.frame).toBeCloseTo(captured(cut.position + DELAY), 5);
      expect(cut.frameOf(777)).toBeCloseTo(captured(cut.position + DELAY + 777), 5);
      expect(cut.whole).toBe(captured(cut.position + DELAY + BLOCK - 1) - 4_321 <= 100_000);
    });
    expect(cuts.length).toBeGreaterThan(300);
  });

  it('does not go on at a jump, even where the slope is the same', () => {
    const map = new PositionMap();
    const cutter = new BlockCutter(map, DELAY);
    map.add({ from: 0, offset: 0, slope: PPM, song: 1, bucket: 1 });
    map.add({ from: 48_000, offset: -2_000, slope: PPM, song: 1, bucket: 1 });
    const cuts = cutAll(cutter, 0, 96_000);
    expect(cuts.filter((cut) => cut.fresh)).toHaveLength(2);
  });
});

describe('position map', () => {
  it('finds the frame of a position again, to a millionth', () => {
    const map = new PositionMap();
    map.add({ from: 1_000, offset: 500, song: 1, bucket: 1 });
    map.add({ from: 2_000, offset: 500, slip: 0, slope: 2e-4, song: 1, bucket: 1, joins: true });
    map.add({ from: 9_000, offset: 500, slip: 7_000 * 2e-4, slope: 0, song: 1, bucket: 1, joins: true });
    const run = map.current;
    for (const frame of [1_000, 1_999, 2_000, 5_432, 8_999, 9_000, 20_000]) {
      const position = Math.round(run?.positionAt(frame) ?? NaN);
      expect(run?.positionAt(run.frameOf(position))).toBeCloseTo(position, 6);
    }
    expect(run?.from).toBe(1_000);
    expect(run?.slipAt(20_000)).toBeCloseTo(1.4, 9);
  });

  it('knows what was heard at each frame', () => {
    const map = new PositionMap();
    expect(map.positionAt(5)).toBeNull();
    map.add({ from: 10, offset: 100, song: 1, bucket: 1 });
    map.add({ from: 20, offset: null, song: 1, bucket: 1 });
    map.add({ from: 30, offset: 500, song: 1, bucket: 1 });
    expect([9, 10, 19, 20, 29, 30].map((f) => map.positionAt(f))).toEqual([null, 110, 119, null, null, 530]);
  });

  it('lets a later report for the same frame win', () => {
    const map = new PositionMap();
    map.add({ from: 10, offset: 100, song: 1, bucket: 1 });
    map.add({ from: 10, offset: 200, song: 1, bucket: 1 });
    expect(map.positionAt(12)).toBe(212);
  });
});
