import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hearProbe, tapProbe } from '../../../src/audio/engine/probe_run.js';
import { ProbePart } from '../../../src/audio/playback/probe_part.js';
import { CaptureWriter, createCaptureRing } from '../../../src/audio/shared/capture_ring.js';
import { roundTripOf } from '../../../src/audio/shared/round_trip.js';
import { CLICK_ONSETS, roundTripOfTaps } from '../../../src/audio/shared/round_trip_taps.js';
import { createSoundState, SoundState } from '../../../src/audio/shared/sound_state.js';
import { QUANTUM } from '../../../src/units.js';

const ROUND_TRIP = 4_321;

/** A worklet whose loudspeaker is heard by its microphone ROUND_TRIP frames later. */
class LoopedWorklet {
  readonly state = new SoundState(createSoundState());
  readonly captured = createCaptureRing();
  private readonly part = new ProbePart(this.state);
  private readonly writer = new CaptureWriter(this.captured);
  private readonly line = new Float32Array(1 << 13);
  private frame = 2 ** 32 - 100 * QUANTUM;

  run(ms: number): void {
    for (let left = ms * 48; left > 0; left -= QUANTUM) {
      const out = new Float32Array(QUANTUM);
      this.part.process(this.frame, out, new Float32Array(QUANTUM));
      const heard = new Float32Array(QUANTUM);
      for (let i = 0; i < QUANTUM; i++) {
        this.line[(this.frame + i) % this.line.length] = out[i] as number;
        heard[i] = (this.line[(this.frame + i - ROUND_TRIP) % this.line.length] as number) + 1e-5 * Math.sin(this.frame + i * i);
      }
      this.state.frame = this.frame + QUANTUM;
      this.writer.write(this.frame, heard);
      this.frame += QUANTUM;
    }
  }
}

let worklet: LoopedWorklet;
let stop: AbortController;
let shares: number[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  worklet = new LoopedWorklet();
  worklet.run(20);
  stop = new AbortController();
  shares = [];
});

afterEach(() => {
  vi.useRealTimers();
});

/** `step`: what happens every 20 ms. */
async function hear(step: (ms: number) => void): Promise<Float32Array | null> {
  let result: Float32Array | null | undefined;
  void hearProbe('chirps', worklet, stop.signal, (share) => shares.push(share)).then((heard) => (result = heard));
  for (let ms = 0; result === undefined && ms < 20_000; ms += 20) {
    step(ms);
    await vi.advanceTimersByTimeAsync(20);
  }
  if (result === undefined) throw new Error('it never ends');
  return result;
}

describe('the probe heard through the worklet', () => {
  it('gives the round trip to the frame, where frame numbers wrap too, and tells how far it is', async () => {
    const heard = await hear(() => worklet.run(20));
    const result = roundTripOf(heard as Float32Array);
    expect(result).toMatchObject({ kind: 'measured' });
    expect(Math.abs((result.kind === 'measured' ? result.ms : NaN) - ROUND_TRIP / 48)).toBeLessThan(0.02);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect(worklet.state.probing).toBe(0);
  });

  it('ends where it is given up', async () => {
    const heard = await hear((ms) => {
      worklet.run(20);
      if (ms === 1_000) stop.abort();
    });
    expect(heard).toBeNull();
    expect(worklet.state.probing).toBe(0);
  });

  it('ends where the sound card stands still', async () => {
    expect(await hear((ms) => ms < 1_000 && worklet.run(20))).toBeNull();
  });

  it('ends where the page slept for longer than the ring holds', async () => {
    expect(await hear((ms) => worklet.run(ms === 2_000 ? 4_000 : 20))).toBeNull();
  });
});

describe('the clicks to which one taps on a key', () => {
  /** Who taps `lateMs` after each click; the worklet works in bursts of 8 ms. */
  async function tap(lateMs: number): Promise<number[] | null> {
    const taps: number[] = [];
    let result: number[] | null | undefined;
    void tapProbe(
      worklet,
      () => taps,
      stop.signal,
      (share) => shares.push(share),
    ).then((frames) => (result = frames));
    const ahead = worklet.state.frame - performance.now() * 48;
    const due = CLICK_ONSETS.map((onset) => (worklet.state.probeStart + onset - ahead) / 48 + lateMs);
    for (let ms = 0; result === undefined && ms < 20_000; ms += 8) {
      await vi.advanceTimersByTimeAsync(8);
      worklet.run(8);
      const now = performance.now();
      taps.push(...due.filter((at) => at > now - 8 && at <= now));
    }
    if (result === undefined) throw new Error('it never ends');
    return result;
  }

  it('give the times of the taps to some milliseconds, where frame numbers wrap too', async () => {
    const frames = await tap(130);
    expect(frames?.length).toBe(CLICK_ONSETS.length);
    const result = roundTripOfTaps(frames ?? []);
    expect(result).toMatchObject({ kind: 'measured' });
    expect(Math.abs((result.kind === 'measured' ? result.ms : NaN) - 130)).toBeLessThan(9);
    expect(shares.at(-1)).toBe(1);
    expect(worklet.state.probing).toBe(0);
  });

  it('end where it is given up', async () => {
    stop.abort();
    expect(await tap(100)).toBeNull();
  });
});
