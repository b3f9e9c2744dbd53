import { describe, expect, it } from 'vitest';
import { AudioClock } from '../../../src/audio/shared/audio_clock.js';

/** A sound card that renders 480 frames at once every 10 ms of its own clock; the worker wakes up to 4 ms later. */
function seen(clock: AudioClock, seconds: number, drift: number): void {
  for (let burst = 0; burst < seconds * 100; burst++) {
    const ms = (burst * 10) / (1 + drift);
    clock.note((burst + 1) * 480, ms + ((burst * 7) % 5));
  }
}

describe('audio clock', () => {
  it('moves evenly though frames come in bursts', () => {
    const clock = new AudioClock();
    seen(clock, 20, 0);
    expect(clock.frameAt(19_990)).toBe(20 * 48_000);
    expect(clock.frameAt(19_995)).toBe(20 * 48_000 + 240);
    expect(clock.timeOf(20 * 48_000 + 480)).toBeCloseTo(20_000, 6);
  });

  it.each([-300e-6, 300e-6])('follows a card that drifts by %f within 3 ms', (drift) => {
    const clock = new AudioClock();
    seen(clock, 600, drift);
    const ms = 599_990 / (1 + drift);
    expect(Math.abs(clock.frameAt(ms) - 600 * 48_000)).toBeLessThan(3 * 48);
  });
});
