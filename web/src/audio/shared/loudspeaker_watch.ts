// Listens in a song whether the microphone hears the loudspeaker: takes what was played and what was heard out of their rings, a second at a time, and has it
// judged (open_loudspeaker.ts). Codec worker only. In small steps, one for each call, so that no voice waits for it. Measured on a busy core of a server, for a
// second of song: 3 ms for fetching in 42 calls, 3 ms for the correlation in four, 2 ms for the judgement.
import { QUANTUM } from '../../units.js';
import type { CaptureReader } from './capture_ring.js';
import { Decimator } from './decimator.js';
import { HEARD_SAMPLES, LeakCorrelation, MOST_DELAY, PLAYED_SAMPLES, type Leaks } from './leak_correlation.js';
import { OpenLoudspeaker, type Verdict } from './open_loudspeaker.js';
import type { PlayedReader } from './played_ring.js';

/** Frames that are fetched at once: 24 ms. */
const CHUNK = 9 * QUANTUM;
const CHUNK_SAMPLES = CHUNK / 3;

export class LoudspeakerWatch {
  private readonly judge = new OpenLoudspeaker();
  private readonly correlation = new LeakCorrelation();
  private readonly played = new Float32Array(PLAYED_SAMPLES + CHUNK_SAMPLES);
  private readonly heard = new Float32Array(PLAYED_SAMPLES + CHUNK_SAMPLES);
  private readonly playedThird = new Decimator(CHUNK);
  private readonly heardThird = new Decimator(CHUNK);
  private readonly left = new Float32Array(CHUNK);
  private readonly right = new Float32Array(CHUNK);
  private readonly voice = new Float32Array(CHUNK);
  /** Samples of both that are there. */
  private filled = 0;
  /** Null: not looking. */
  private next: number | null = null;
  private last: Verdict = { kind: 'unsure' };
  /** A window was added, and is to be judged. */
  private added = false;
  private steps: Generator<undefined, Leaks> | null = null;

  /** `found`: on every change, and after each window that is open. */
  constructor(
    private readonly playedRing: PlayedReader,
    private readonly heardRing: CaptureReader,
    private readonly found: (verdict: Verdict) => void,
  ) {}

  get verdict(): Verdict {
    return this.last;
  }

  /** What was seen before says nothing: another song, another microphone. */
  reset(): void {
    this.pause();
    this.judge.reset();
    if (this.last.kind !== 'unsure') this.tell({ kind: 'unsure' });
  }

  /** Nothing is sung now. */
  pause(): void {
    this.next = null;
    this.steps = null;
    this.added = false;
    this.filled = 0;
  }

  /** Call often while something is sung. */
  poll(): void {
    this.step();
    const written = this.heardRing.written;
    this.next ??= written;
    // A window that is being looked at needs its samples no more, but for one chunk there is room.
    if (((written - this.next) | 0) < CHUNK || ((this.playedRing.written - this.next) | 0) < CHUNK) return;
    if (!this.fetch(this.next)) return this.pause();
    this.next = (this.next + CHUNK) | 0;
    if (this.filled >= PLAYED_SAMPLES) this.begin();
  }

  private fetch(frame: number): boolean {
    if (!this.heardRing.read(frame, this.voice)) return false;
    for (let i = 0; i < CHUNK; i += QUANTUM) {
      const [left, right] = [this.left.subarray(i, i + QUANTUM), this.right.subarray(i, i + QUANTUM)];
      if (this.playedRing.read((frame + i) | 0, left, right) === null) return false;
    }
    for (let i = 0; i < CHUNK; i++) this.left[i] = ((this.left[i] as number) + (this.right[i] as number)) / 2;
    this.playedThird.process(this.left, this.played, this.filled);
    this.heardThird.process(this.voice, this.heard, this.filled);
    this.filled += CHUNK_SAMPLES;
    return true;
  }

  /** A window is whole: what belongs to the next one too is kept. */
  private begin(): void {
    const played = this.played.slice(0, PLAYED_SAMPLES);
    const heard = this.heard.slice(MOST_DELAY, PLAYED_SAMPLES);
    for (const samples of [this.played, this.heard]) samples.copyWithin(0, HEARD_SAMPLES, this.filled);
    this.filled -= HEARD_SAMPLES;
    if (this.judge.worthwhile(played, heard)) this.steps = this.correlation.inSteps(played, heard);
  }

  private step(): void {
    if (this.added) return this.decide();
    const result = this.steps?.next();
    if (!result?.done) return;
    this.steps = null;
    this.judge.add(result.value);
    this.added = true;
  }

  private decide(): void {
    this.added = false;
    const verdict = this.judge.verdict();
    if (verdict.kind === 'open' || verdict.kind !== this.last.kind) this.tell(verdict);
  }

  private tell(verdict: Verdict): void {
    this.last = verdict;
    this.found(verdict);
  }
}
