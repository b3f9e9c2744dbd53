import { describe, expect, it } from 'vitest';
import { CaptureReader, CaptureWriter, createCaptureRing } from '../../../src/audio/shared/capture_ring.js';
import { LoudspeakerWatch } from '../../../src/audio/shared/loudspeaker_watch.js';
import type { Verdict } from '../../../src/audio/shared/open_loudspeaker.js';
import { createPlayedRing, PlayedReader, PlayedWriter } from '../../../src/audio/shared/played_ring.js';
import { QUANTUM, SAMPLE_RATE } from '../../../src/units.js';
import { random } from './rendered_card.js';

/** A microphone that hears the loudspeaker, through the rings. */
class Room {
  readonly verdicts: Verdict[] = [];
  readonly watch: LoudspeakerWatch;
  private readonly played: PlayedWriter;
  private readonly captured: CaptureWriter;
  private readonly next = random(3);
  private readonly past: Float32Array[] = [];
  private frame = 0;

  constructor(
    private readonly delay: number,
    private readonly gain: number,
  ) {
    const [played, captured] = [createPlayedRing(), createCaptureRing()];
    this.played = new PlayedWriter(played);
    this.captured = new CaptureWriter(captured);
    this.watch = new LoudspeakerWatch(new PlayedReader(played), new CaptureReader(captured), (verdict) => this.verdicts.push(verdict));
  }

  /** The worker is awake after every second quantum, as in a browser. */
  run(seconds: number, polls = true): void {
    for (const end = this.frame + seconds * SAMPLE_RATE; this.frame < end; this.frame += QUANTUM) {
      const left = Float32Array.from({ length: QUANTUM }, () => 0.2 * (this.next() - 0.5));
      this.played.write(this.frame, this.frame, left, left);
      this.past.push(left);
      const quanta = this.delay / QUANTUM;
      const back = this.past.at(-1 - quanta);
      const own = Float32Array.from({ length: QUANTUM }, (_, i) => this.gain * (back?.[i] ?? 0) + 0.02 * (this.next() - 0.5));
      this.captured.write(this.frame, own);
      if (polls && this.frame % (2 * QUANTUM) === 0) this.watch.poll();
    }
  }

  get last(): Verdict | undefined {
    return this.verdicts.at(-1);
  }
}

const DELAY = 50 * QUANTUM;

describe('what is played and heard', () => {
  it('is judged from eight seconds on, once in a second while it is open, and the delay is found to a tenth of a millisecond', () => {
    const room = new Room(DELAY, 0.1);
    room.run(12);
    expect(room.verdicts.map(({ kind }) => kind)).toEqual(['open', 'open', 'open', 'open']);
    const { last } = room;
    expect(last?.kind).toBe('open');
    expect(Math.abs((last?.kind === 'open' ? last.delayMs : 0) - DELAY / 48)).toBeLessThan(0.13);
  });

  it('is no open loudspeaker where nothing of it comes back', () => {
    const room = new Room(DELAY, 0);
    room.run(12);
    expect(room.last).toEqual({ kind: 'closed' });
  });

  it('goes on after the worker was away for long, as if there had been a pause', () => {
    const room = new Room(DELAY, 0.1);
    room.run(9);
    room.run(4, false);
    room.run(4);
    expect(room.last?.kind).toBe('open');
    expect(room.verdicts.length).toBeLessThan(12);
  });

  it('is forgotten for another song', () => {
    const room = new Room(DELAY, 0.1);
    room.run(11);
    room.watch.reset();
    room.run(4);
    expect(room.last?.kind).toBe('unsure');
  });
});
