// The worklet's playback half: plays mix and backing from the rings as the plan says, frame by frame, fading where a stream begins and ends. What is
// missing is concealed (position_source.ts); a sound card that drifts is followed by playing in between positions (interpolation.ts).
import { QUANTUM } from '../../units.js';
import { HALF_TAPS, sampleAt } from '../shared/interpolation.js';
import { Limiter } from '../shared/limiter.js';
import { LevelMeter } from '../shared/level_meter.js';
import type { MappingWriter } from '../shared/mapping_reports.js';
import { PlanReader, noPlan, type Plan } from '../shared/plan.js';
import type { PlaybackReader } from '../shared/playback_ring.js';
import type { PlayedWriter } from '../shared/played_ring.js';
import { PositionSource } from './position_source.js';
import type { SoundState } from '../shared/sound_state.js';

/** Frames of a fade. */
export const FADE_FRAMES = 256;
/** How far before a stream's end its fade begins: seen once per quantum, it has faded when it ends. */
const LOOK_AHEAD = FADE_FRAMES + QUANTUM;
/** Frames before its being played at which a block is read. */
export const READ_AHEAD = QUANTUM + HALF_TAPS;
/** Keeps the output from being exactly silent, at which Chromium stops the clock (-120 dBFS: nobody hears it). */
const FLOOR = 1e-6;

export class PlaybackPart {
  private readonly current: Plan = noPlan();
  private readonly next: Plan = noPlan();
  private readonly left = new Float32Array(QUANTUM);
  private readonly right = new Float32Array(QUANTUM);
  private readonly source = new PositionSource();
  private readonly meter = new LevelMeter();
  /** Mix and backing are each below full scale; their sum, with one's own volumes, need not be. */
  private readonly limiter = new Limiter();
  /** Position = frame + offset + slip + slope * (frame - from). */
  private from = 0;
  private slip = 0;
  private fade = 0;
  private master = 1;

  constructor(
    private readonly rings: PlaybackReader[],
    private readonly plans: PlanReader,
    private readonly played: PlayedWriter,
    private readonly state: SoundState,
    private readonly reports: MappingWriter,
  ) {}

  /** Renders one quantum that begins at `frame`. */
  process(frame: number, outLeft: Float32Array, outRight: Float32Array): void {
    this.plans.poll(this.next);
    if (this.next.generation !== this.current.generation) {
      if (this.fade === 0 || !this.current.active) this.takeOver(frame);
    } else {
      this.current.audibleFrom = this.next.audibleFrom;
      this.current.end = this.next.end;
      if (this.next.slope !== this.current.slope) this.bend(frame);
    }
    if (this.current.active) this.play(frame);
    else this.silence();
    this.state.heardPosition = this.current.active ? frame + this.current.offset + this.slipAt(frame) : NaN;
    this.limiter.process(this.left, this.right);
    this.played.write(frame, this.state.heardPosition, this.left, this.right);
    this.meter.add(this.left);
    this.state.setMixLevel(this.meter.peak, this.meter.rms);
    for (let i = 0; i < QUANTUM; i++) {
      outLeft[i] = (this.left[i] as number) + FLOOR;
      outRight[i] = (this.right[i] as number) + FLOOR;
    }
  }

  private takeOver(frame: number): void {
    const { current, next } = this;
    current.generation = next.generation;
    current.active = next.active;
    current.offset = next.offset;
    current.slope = next.slope;
    current.bank = next.bank;
    current.mixDelay = next.mixDelay;
    current.audibleFrom = next.audibleFrom;
    current.end = next.end;
    this.from = frame;
    this.slip = 0;
    this.fade = 0;
    this.master = this.state.masterVolume;
    const { backingVolume, metronomeVolume, partVolume } = this.state;
    this.source.begin(this.rings[current.bank] as PlaybackReader, current.mixDelay, backingVolume, metronomeVolume, partVolume);
    this.report();
  }

  /** From here on by another slope, without a seam. */
  private bend(frame: number): void {
    this.slip = this.slipAt(frame);
    this.from = frame;
    this.current.slope = this.next.slope;
    this.report();
  }

  private report(): void {
    const { generation, active, offset, slope } = this.current;
    this.reports.write(generation, this.from, active, offset, this.slip, slope);
  }

  private slipAt(frame: number): number {
    return this.slip + this.current.slope * (frame - this.from);
  }

  private play(frame: number): void {
    const plan = this.current;
    const slip = this.slipAt(frame);
    const whole = Math.floor(slip);
    // Positions are whole; what lies in between is kept apart, as a small number is exact.
    const position = frame + plan.offset + whole;
    this.read(position, slip - whole);
    const audible = this.next.generation === plan.generation && position >= plan.audibleFrom && position + LOOK_AHEAD < plan.end;
    const step = Math.sign((audible ? 1 : 0) - this.fade) / FADE_FRAMES;
    const master = this.state.masterVolume;
    const masterStep = (master - this.master) / QUANTUM;
    for (let i = 0; i < QUANTUM; i++) {
      this.fade += step;
      this.master += masterStep;
      const gain = (this.fade < 0 ? 0 : this.fade > 1 ? 1 : this.fade) * this.master;
      this.left[i] = (this.left[i] as number) * gain;
      this.right[i] = (this.right[i] as number) * gain;
    }
    this.fade = Math.min(1, Math.max(0, this.fade));
    this.master = master;
  }

  /** Fills left and right with the sound from `position` + `fraction` on. */
  private read(position: number, fraction: number): void {
    const { source, current } = this;
    const from = position - HALF_TAPS + 1;
    const to = position + Math.floor(fraction + current.slope * (QUANTUM - 1)) + QUANTUM + HALF_TAPS;
    const { backingVolume, metronomeVolume, partVolume } = this.state;
    const missing = source.advance(from, to, backingVolume, metronomeVolume, partVolume);
    if (position >= current.audibleFrom && position + QUANTUM <= current.end) this.state.addMissing(missing);
    for (let i = 0; i < QUANTUM; i++) {
      const ahead = fraction + current.slope * i;
      const whole = Math.floor(ahead);
      const at = HALF_TAPS - 1 + i + whole;
      this.left[i] = sampleAt(source.left, at, ahead - whole);
      this.right[i] = sampleAt(source.right, at, ahead - whole);
    }
  }

  private silence(): void {
    this.left.fill(0);
    this.right.fill(0);
  }
}
